// Sends one file by the tus protocol 1.0.0, in chunks with checksums. Where it stands is known to the portal; the address is kept in this
// browser, so that the same file goes on after a lost connection, a reload of the page or a new sign-in.

const smallestChunk = 1 << 20; // bytes
const firstChunk = 8 << 20;
const largestChunk = 32 << 20;
const chunkTakes = { least: 1000, most: 10_000 }; // ms; a chunk that takes less or more is followed by a larger or smaller one
const silence = 60_000; // ms without a byte on its way, after which the connection is taken for lost
const longestPause = 30; // s
const mostTries = 12; // at the same place; without end when the connection is lost, or when the portal is still at work on what was sent
const memory = 'portal-upload:';

/**
 * Sends a file.
 * @param {File} file
 * @param {{url: string, token: string, owner: string}} to where uploads are announced, the page's antiforgery token, and who sends
 * @param {AbortSignal} signal stops; what has arrived stays
 * @param {{progress: (sent: number) => void, waiting: (why: string | null) => void}} tell
 * @returns {Promise<string>} the address; its last part but one is the upload's id
 */
export async function send(file, to, signal, tell) {
    const key = keyOf(file, to);
    let address = recall(key);
    let size = firstChunk;
    for (let tries = 0, furthest = 0; ; tries++) {
        try {
            address ??= await announce(file, to, signal, key);
            let offset = await ask(address, signal);
            tell.waiting(null);
            tell.progress(offset);
            while (offset < file.size) {
                [offset, size] = await sendChunk(file, address, offset, size, signal, tell);
                if (offset > furthest) {
                    [furthest, tries] = [offset, 0];
                }
            }

            forget(key);
            return address;
        } catch (trouble) {
            signal.throwIfAborted();
            if (trouble.status === 404 && address) {
                forget(key); // it has expired
                address = null;
            } else if (!trouble.passes || (tries >= mostTries && !trouble.endless)) {
                throw trouble;
            }

            size = Math.max(smallestChunk, size / 2);
            const seconds = Math.min(longestPause, 2 ** Math.min(tries, 5));
            tell.waiting(`${trouble.status === 0 ? 'Connection lost' : `The portal cannot go on yet (${trouble.status})`}, tries again in ${seconds} s …`);
            await pause(seconds, signal);
        }
    }
}

/** Gives an upload up, whatever has arrived. Failing is no matter: it expires. */
export async function remove(file, to, address) {
    const key = keyOf(file, to);
    const known = address ?? recall(key);
    forget(key);
    for (let tries = 0, status = 423; known && status === 423 && tries < 5; tries++) {
        // What was on its way a moment ago may still hold it.
        await new Promise(resolve => setTimeout(resolve, tries * 1000));
        status = (await fetch(known, { method: 'DELETE', headers: { 'Tus-Resumable': '1.0.0' } }).catch(() => null))?.status;
    }
}

// What makes a file the same when it is chosen again, by the same person.
function keyOf(file, to) {
    return `${memory}${to.owner}:${file.size}:${file.lastModified}:${file.name}`;
}

async function announce(file, to, signal, key) {
    const name = btoa(String.fromCharCode(...new TextEncoder().encode(file.name)));
    const answer = await request('POST', to.url, { 'Upload-Length': file.size, 'Upload-Metadata': `filename ${name}`, 'X-Antiforgery-Token': to.token }, null, signal);
    const address = answer.getResponseHeader('Location');
    remember(key, address, Date.parse(answer.getResponseHeader('Upload-Expires')));
    return address;
}

async function ask(address, signal) {
    const answer = await request('HEAD', address, {}, null, signal);
    return Number(answer.getResponseHeader('Upload-Offset'));
}

// Gives where the upload stands then, and how large the next chunk should be.
async function sendChunk(file, address, offset, size, signal, tell) {
    let bytes;
    try {
        bytes = await file.slice(offset, offset + size).arrayBuffer();
    } catch {
        throw refusal('The file cannot be read any more; it was changed or moved. Choose it again.');
    }

    const headers = { 'Upload-Offset': offset, 'Content-Type': 'application/offset+octet-stream' };
    if (globalThis.crypto?.subtle) { // only on secure pages
        headers['Upload-Checksum'] = `sha256 ${btoa(String.fromCharCode(...new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))))}`;
    }

    const started = performance.now();
    const answer = await request('PATCH', address, headers, bytes, signal, sent => tell.progress(offset + Math.min(sent, bytes.byteLength)));
    const took = performance.now() - started;
    const reached = Number(answer.getResponseHeader('Upload-Offset'));
    tell.progress(reached);
    return [reached, Math.min(largestChunk, Math.max(smallestChunk, took < chunkTakes.least ? size * 2 : took > chunkTakes.most ? size / 2 : size))];
}

// XMLHttpRequest, because fetch does not tell how much was sent.
function request(method, url, headers, body, signal, progress = () => { }) {
    return new Promise((resolve, reject) => {
        signal.throwIfAborted();
        const xhr = new XMLHttpRequest();
        const stop = () => xhr.abort();
        let watchdog = body ? setTimeout(stop, silence) : null;
        const still = () => {
            clearTimeout(watchdog);
            watchdog = setTimeout(stop, silence);
        };
        xhr.upload.onprogress = event => {
            still();
            progress(event.loaded);
        };
        xhr.upload.onload = () => clearTimeout(watchdog); // the answer to the last chunk may take its time
        xhr.onloadend = () => {
            clearTimeout(watchdog);
            signal.removeEventListener('abort', stop);
            if (xhr.status >= 200 && xhr.status < 300) {
                resolve(xhr);
            } else {
                reject(trouble(xhr));
            }
        };
        xhr.open(method, url);
        xhr.setRequestHeader('Tus-Resumable', '1.0.0');
        Object.entries(headers).forEach(([name, value]) => xhr.setRequestHeader(name, value));
        signal.addEventListener('abort', stop);
        xhr.send(body);
    });
}

// What passes is tried again: a lost connection, a stopping node, another sender, a wrong offset or checksum.
function trouble(xhr) {
    const { status } = xhr;
    const passes = status === 0 || status >= 500 || [408, 409, 423, 429, 460].includes(status);
    return Object.assign(new Error(whyFailed(xhr)), { status, passes, endless: status === 0 || status === 423 });
}

function refusal(message) {
    return Object.assign(new Error(message), { passes: false });
}

function whyFailed(xhr) {
    const detail = parse(xhr.responseText)?.detail;
    switch (xhr.status) {
        case 401: return 'Your session has ended. Sign in again in another tab, then press Send again.';
        case 413: return detail ?? 'The server in front of the portal refuses requests of this size. Ask an administrator to raise its limit.';
        default: return detail ?? `The server answered ${xhr.status}. Send the file again; if that fails as well, tell an administrator.`;
    }
}

function parse(text) {
    try {
        return JSON.parse(text);
    } catch {
        return null;
    }
}

// Ends early when the browser finds a network again.
function pause(seconds, signal) {
    return new Promise((resolve, reject) => {
        const timer = setTimeout(end, seconds * 1000);
        function end() {
            clearTimeout(timer);
            removeEventListener('online', end);
            signal.removeEventListener('abort', end);
            if (signal.aborted) {
                reject(signal.reason);
            } else {
                resolve();
            }
        }

        addEventListener('online', end);
        signal.addEventListener('abort', end);
    });
}

// A browser may refuse to remember; then only a reload of the page costs what had arrived.
function remember(key, address, expires) {
    try {
        for (const other of Object.keys(localStorage).filter(name => name.startsWith(memory))) {
            if (!(parse(localStorage[other])?.expires > Date.now())) {
                localStorage.removeItem(other);
            }
        }

        localStorage[key] = JSON.stringify({ address, expires });
    } catch {
        fallback.set(key, { address });
    }
}

function recall(key) {
    try {
        return (parse(localStorage[key] ?? 'null') ?? fallback.get(key))?.address ?? null;
    } catch {
        return fallback.get(key)?.address ?? null;
    }
}

function forget(key) {
    fallback.delete(key);
    try {
        localStorage.removeItem(key);
    } catch {
        // It was not remembered either.
    }
}

const fallback = new Map();
