// A query input: tells its component what is written and where the caret stands, and hands it the keys that move through proposals.
export function attach(input, component, shown) {
    const tell = () => component.invokeMethodAsync('WriteAsync', input.value, input.selectionStart ?? input.value.length);
    const press = event => {
        const open = input.getAttribute('aria-expanded') === 'true';
        const chosen = input.hasAttribute('aria-activedescendant');
        if (open && (['ArrowDown', 'ArrowUp', 'Escape'].includes(event.key) || (chosen && ['Enter', 'Tab'].includes(event.key)))) {
            event.preventDefault();
            component.invokeMethodAsync('PressAsync', event.key);
        } else if (event.key === 'Enter') {
            component.invokeMethodAsync('PressAsync', 'Enter');
        }
    };
    input.addEventListener('input', tell);
    input.addEventListener('keydown', press);

    // Somebody may have written before this was loaded.
    if (input.value !== shown) {
        tell();
    }
    return {
        put(text, caret) {
            if (input.value !== text) {
                input.value = text;
            }
            if (caret !== null) {
                input.focus();
                input.setSelectionRange(caret, caret);
            }
        },
        detach() {
            input.removeEventListener('input', tell);
            input.removeEventListener('keydown', press);
        },
    };
}
