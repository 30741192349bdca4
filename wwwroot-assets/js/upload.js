// Sends one file as the raw body of a request and tells its component how far it is. Radzen's upload has neither a rate nor a
// second try, and calls it a success when the connection breaks.

// The first bytes of a ZIP: those of its first entry, or of the directory at the end when it has none.
const zipStarts = [[0x50, 0x4b, 3, 4], [0x50, 0x4b, 5, 6]];
const rateOver = 4000; // ms
const toldEvery = 250; // ms

/** Makes the zone take a file, by choice or by drop. */
export function attach(zone, component, url, token) {
    const input = zone.querySelector('input[type=file]');
    const aborter = new AbortController();
    const on = (target, event, listener) => target.addEventListener(event, listener, { signal: aborter.signal });
    const tell = (method, ...values) => aborter.signal.aborted ? undefined : component.invokeMethodAsync(method, ...values).catch(() => { });
    let file = null;
    let request = null;

    on(input, 'change', () => {
        take(input.files);
        input.value = ''; // so that the same file can be chosen again
    });
    // A file dropped beside the zone would otherwise replace the page.
    on(document, 'dragover', event => event.preventDefault());
    on(document, 'drop', event => event.preventDefault());
    on(zone, 'dragover', () => zone.classList.add('over'));
    on(zone, 'dragleave', event => zone.contains(event.relatedTarget) || zone.classList.remove('over'));
    on(zone, 'drop', event => {
        zone.classList.remove('over');
        take(event.dataTransfer.files);
    });
    on(window, 'beforeunload', event => request && event.preventDefault());

    async function take(files) {
        if (request || files.length === 0) {
            return;
        }

        file = files.length === 1 ? files[0] : null;
        const refusal = await whyNot(files);
        if (refusal) {
            tell('OnRefused', file?.name ?? `${files.length} files`, refusal);
        } else {
            send();
        }
    }

    function send() {
        if (request || !file) {
            return;
        }

        const samples = [{ at: performance.now(), sent: 0 }];
        let told = 0;
        request = new XMLHttpRequest();
        request.upload.onprogress = event => {
            const now = performance.now();
            samples.push({ at: now, sent: event.loaded });
            while (samples.length > 2 && samples[0].at < now - rateOver) {
                samples.shift();
            }

            if (now - told >= toldEvery) {
                told = now;
                const seconds = (now - samples[0].at) / 1000;
                tell('OnProgress', event.loaded, seconds > 0.2 ? (event.loaded - samples[0].sent) / seconds : 0);
            }
        };
        request.upload.onload = () => tell('OnProgress', file.size, 0);
        request.onload = () => {
            const answer = parse(request.responseText);
            const status = request.status;
            request = null;
            if (status === 201) {
                tell('OnStored', answer.id);
            } else {
                tell('OnFailed', whyFailed(status, answer));
            }
        };
        request.onerror = () => {
            request = null;
            tell('OnFailed', 'The connection broke before the file had arrived. Check the network, then send it again.');
        };
        tell('OnStarted', file.name, file.size);
        request.open('POST', `${url}?name=${encodeURIComponent(file.name)}`);
        request.setRequestHeader('Content-Type', 'application/octet-stream');
        request.setRequestHeader('X-Antiforgery-Token', token);
        request.send(file);
    }

    function cancel() {
        request?.abort();
        request = null;
    }

    return {
        send,
        cancel,
        dispose() {
            aborter.abort();
            cancel();
        },
    };
}

// Asked before a byte is sent, because a large file takes its time.
async function whyNot(files) {
    if (files.length > 1) {
        return 'Send one package at a time. Put all item folders into one ZIP, or import the ZIPs one after the other.';
    }

    let start;
    try {
        start = new Uint8Array(await files[0].slice(0, 4).arrayBuffer());
    } catch {
        return 'It cannot be read. A folder must be packed into a ZIP first; a file may have been moved meanwhile.';
    }

    if (start.length === 0) {
        return 'It is empty. Choose another file.';
    }

    return zipStarts.some(expected => expected.every((byte, i) => byte === start[i]))
        ? null
        : 'It is not a ZIP file, whatever its name says. Pack the item folders into a ZIP and send that.';
}

function whyFailed(status, answer) {
    switch (status) {
        case 401: return 'Your session has ended. Sign in again in another tab, then send the file again here.';
        case 413: return 'The server in front of the portal refuses files of this size. Ask an administrator to raise its limit.';
        default: return answer?.detail ?? `The server answered ${status}. Send the file again; if that fails as well, tell an administrator.`;
    }
}

function parse(text) {
    try {
        return JSON.parse(text);
    } catch {
        return null;
    }
}
