// Keeps a growing log at its end, unless its reader scrolls up.
const tolerance = 32; // px

export function attach(box, following) {
    let last = box.scrollTop;
    const isAtEnd = () => box.scrollHeight - box.scrollTop - box.clientHeight < tolerance;
    const follow = value => {
        following = value;
        box.dataset.following = value;
    };
    const keep = () => {
        if (following) {
            box.scrollTop = box.scrollHeight;
        }
    };
    const scrolled = () => {
        if (isAtEnd()) {
            follow(true);
        } else if (box.scrollTop < last) {
            follow(false);
        }

        last = box.scrollTop;
    };
    const growth = new MutationObserver(keep);
    growth.observe(box, { childList: true, subtree: true, attributes: true, attributeFilter: ['style'] });
    box.addEventListener('scroll', scrolled, { passive: true });
    follow(following);
    keep();
    return {
        toEnd() {
            follow(true);
            keep();
        },
        toStart() {
            follow(false);
            box.scrollTop = 0;
        },
        dispose() {
            growth.disconnect();
            box.removeEventListener('scroll', scrolled);
        },
    };
}
