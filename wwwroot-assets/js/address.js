/** Radzen's body goes to its top whenever the address changes, also when only a filter in it did. This brings it back once. */
export function keepPlace() {
    const body = document.querySelector('.rz-body');
    const top = body?.scrollTop;
    if (top) {
        const forget = new AbortController();
        body.addEventListener('scroll', () => {
            forget.abort();
            body.scrollTop = top;
        }, { signal: forget.signal });
        setTimeout(() => forget.abort(), 1000);
    }
}
