// What a device keeps beside what waits to be sent, none of it about anybody: what it is ready for, whether it was handed
// over, how many conversations were held on it. For pages and for the service worker.

/** Where nothing is to be written, a device that keeps nothing is left without a trace. */
function openDevice(isWriting) {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open("heard-device", 1);
    request.onupgradeneeded = () => (isWriting ? request.result.createObjectStore("things") : request.transaction.abort());
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** One transaction on the things kept; gives what work gives to done, once it is on the disk. */
async function withThings(mode, work) {
  const device = await openDevice(mode === "readwrite");
  try {
    return await new Promise((resolve, reject) => {
      const transaction = device.transaction("things", mode, { durability: "strict" });
      let outcome;
      work(transaction.objectStore("things"), (thing) => (outcome = thing));
      transaction.oncomplete = () => resolve(outcome);
      transaction.onabort = () => reject(transaction.error);
    });
  } finally {
    device.close();
  }
}

/** Changes one thing, and gives what it is then. change: what it was -> what it is to be, or undefined. */
export const alter = (name, change) =>
  withThings("readwrite", (things, done) => {
    things.get(name).onsuccess = ({ target }) => {
      const thing = done(change(target.result));
      if (thing === undefined) things.delete(name);
      else things.put(thing, name);
    };
  });

/** A thing as it is; undefined where the device keeps none, or keeps nothing at all. */
export const recall = (name) =>
  withThings("readonly", (things, done) => {
    things.get(name).onsuccess = ({ target }) => done(target.result);
  }).catch(() => undefined);

/** The day it is here, as YYYY-MM-DD. */
export const today = () => new Date().toLocaleDateString("sv-SE");
