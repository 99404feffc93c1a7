// What a device keeps beside what waits to be sent, none of it about anybody: what it is ready for, whether it was handed
// over, how many conversations were held on it. For pages and for the service worker.

function openDevice() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open("heard-device", 1);
    request.onupgradeneeded = () => request.result.createObjectStore("things");
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** Changes one thing, in one transaction, and gives what it is then. change: what it was -> what it is to be, or undefined. */
export async function alter(name, change) {
  const device = await openDevice();
  try {
    return await new Promise((resolve, reject) => {
      const transaction = device.transaction("things", "readwrite", { durability: "strict" });
      const things = transaction.objectStore("things");
      let thing;
      things.get(name).onsuccess = ({ target }) => {
        thing = change(target.result);
        if (thing === undefined) things.delete(name);
        else things.put(thing, name);
      };
      transaction.oncomplete = () => resolve(thing);
      transaction.onabort = () => reject(transaction.error);
    });
  } finally {
    device.close();
  }
}

/** A thing as it is; undefined where the device keeps none, or keeps nothing at all. */
export const recall = (name) => alter(name, (thing) => thing).catch(() => undefined);

/** The day it is here, as YYYY-MM-DD. */
export const today = () => new Date().toLocaleDateString("sv-SE");
