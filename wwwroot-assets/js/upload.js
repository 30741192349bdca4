// Takes files by choice or by drop, sends them one after the other, and tells their component how far they are.
import { remove, send } from './resumable.js';

// The first bytes of a ZIP: those of its first entry, or of the directory at the end when it has none.
const zipStarts = [[0x50, 0x4b, 3, 4], [0x50, 0x4b, 5, 6]];
const rateOver = 4000; // ms
const toldEvery = 250; // ms

/**
 * Makes the zone take files.
 * @param {Element} zone
 * @param component hears what becomes of each file, by its key
 * @param {{url: string, token: string, owner: string, anyKind: boolean, maxBytes: number | null, maxText: string}} settings
 */
export function attach(zone, component, settings) {
    const input = zone.querySelector('input[type=file]');
    const aborter = new AbortController();
    const on = (target, event, listener) => target.addEventListener(event, listener, { signal: aborter.signal });
    const jobs = new Map(); // by key: { file, state, aborter, address }
    let lastKey = 0;
    let sending = false;
    let told = Promise.resolve();

    const choose = () => {
        take([...input.files]);
        input.value = ''; // so that the same file can be chosen again
    };
    on(input, 'change', choose);

    // Somebody may have chosen before this was loaded; the component is told when it has heard of us.
    if (input.files.length > 0) {
        setTimeout(choose);
    }

    // A file dropped beside the zone would otherwise replace the page.
    on(document, 'dragover', event => event.preventDefault());
    on(document, 'drop', event => event.preventDefault());
    on(zone, 'dragover', () => zone.classList.add('over'));
    on(zone, 'dragleave', event => zone.contains(event.relatedTarget) || zone.classList.remove('over'));
    on(zone, 'drop', event => {
        zone.classList.remove('over');
        take([...event.dataTransfer.files]);
    });
    on(window, 'beforeunload', event => sending && event.preventDefault());

    // The component may be out of reach while the connection is: what matters waits for it, in order.
    function tell(method, ...values) {
        told = told.then(async () => {
            while (!aborter.signal.aborted) {
                try {
                    return await component.invokeMethodAsync(method, ...values);
                } catch {
                    await new Promise(resolve => setTimeout(resolve, 1000));
                }
            }
        });
        return told;
    }

    async function take(files) {
        tell('OnChosen');
        for (const file of files) {
            const key = ++lastKey;
            const refusal = await whyNot(file);
            if (refusal) {
                tell('OnRefused', key, file.name, refusal);
            } else {
                jobs.set(key, { file, state: 'waiting' });
                tell('OnAdded', key, file.name, file.size);
            }
        }

        sendNext();
    }

    // Asked before a byte is sent, because a large file takes its time.
    async function whyNot(file) {
        if ([...jobs.values()].some(job => job.file.name === file.name && job.file.size === file.size && job.file.lastModified === file.lastModified)) {
            return 'It is in the list already.';
        }

        if (settings.maxBytes !== null && file.size > settings.maxBytes) {
            return `It is larger than ${settings.maxText}, which is all that an upload may have. Send it in smaller packages, or ask an administrator to raise the limit.`;
        }

        return await whyUnfit(file, settings.anyKind);
    }

    async function sendNext() {
        const [key, job] = [...jobs].find(([, waiting]) => waiting.state === 'waiting') ?? [];
        if (sending || !job) {
            return;
        }

        sending = true;
        job.state = 'sending';
        job.aborter = new AbortController();
        tell('OnStarted', key);
        try {
            job.address = await send(job.file, settings, job.aborter.signal, { progress: report(key), waiting: why => showWaiting(key, why) });
            job.state = 'stored';
            tell('OnStored', key, job.address.split('/').at(-2));
        } catch (failure) {
            job.state = 'failed';
            if (!job.aborter.signal.aborted) {
                tell('OnFailed', key, failure.message);
            }
        } finally {
            showWaiting(key, null);
            sending = false;
        }

        sendNext();
    }

    // Tells how much was sent and how fast, now and then.
    function report(key) {
        const samples = [];
        let last = 0;
        return sent => {
            const now = performance.now();
            samples.push({ at: now, sent });
            while (samples.length > 2 && samples[0].at < now - rateOver) {
                samples.shift();
            }

            if (now - last >= toldEvery || sent === jobs.get(key)?.file.size) {
                last = now;
                const seconds = (now - samples[0].at) / 1000;
                component.invokeMethodAsync('OnProgress', key, sent, seconds > 0.2 ? Math.max(0, (sent - samples[0].sent) / seconds) : 0).catch(() => { });
            }
        };
    }

    // Written here rather than by the component, which may be out of reach for the same reason.
    function showWaiting(key, why) {
        const line = zone.querySelector(`[data-upload="${key}"] .waiting`);
        if (line) {
            line.textContent = why ?? '';
            line.hidden = !why;
        }
    }

    return {
        /** Sends a file once more that has failed. */
        again(key) {
            jobs.get(key).state = 'waiting';
            sendNext();
        },
        /** Takes a file off the list and gives its upload up. */
        remove(key) {
            const job = jobs.get(key);
            if (job) {
                jobs.delete(key);
                job.aborter?.abort();
                remove(job.file, settings, job.address);
            }
        },
        /** Takes a file off the list that something uses by now. */
        release(key) {
            jobs.delete(key);
        },
        /** Stops, because the page is left; what has arrived waits for the same file. */
        dispose() {
            aborter.abort();
            jobs.forEach(job => job.aborter?.abort());
            jobs.clear();
        },
    };
}

async function whyUnfit(file, anyKind) {
    let start;
    try {
        start = new Uint8Array(await file.slice(0, 4).arrayBuffer());
    } catch {
        return 'It cannot be read. A folder must be packed into a ZIP first; a file may have been moved meanwhile.';
    }

    if (start.length === 0) {
        return 'It is empty. Choose another file.';
    }

    return anyKind || zipStarts.some(expected => expected.every((byte, i) => byte === start[i]))
        ? null
        : 'It is not a ZIP file, whatever its name says. Pack the item folders into a ZIP and send that.';
}
