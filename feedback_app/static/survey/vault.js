// What the phone keeps, locked: a few records in IndexedDB, sealed with a key that the browser hands to nobody.
// For pages and for the service worker.

const NAME_BYTES = 16;
const IV_BYTES = 12;
/** What is sealed is as long as a multiple of this, so that its length says little. */
const PAD_LETTERS = 1024;
/** As much as a long survey with every box full. */
const PROBE_LETTERS = 64 * 1024;
const PROBE = "probe-";
/** Some browsers never say that they cannot. */
const PROBE_MS = 10_000;

const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
const randomName = () => hex(crypto.getRandomValues(new Uint8Array(NAME_BYTES)));

function openVault() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open("heard", 1);
    request.onupgradeneeded = () => {
      for (const name of ["keys", "records"]) request.result.createObjectStore(name, { keyPath: "id" });
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/**
 * Works in one transaction, and gives what the work noted as its outcome once all of it is on the disk.
 * work: told the stores, when(request, then) to go on with what a request finds, and note(outcome).
 */
async function inOne(mode, work) {
  const vault = await openVault();
  try {
    return await new Promise((resolve, reject) => {
      const transaction = vault.transaction(["keys", "records"], mode, { durability: "strict" });
      let outcome;
      transaction.oncomplete = () => resolve(outcome);
      transaction.onabort = () => reject(transaction.error);
      const attempt = (step) => {
        try {
          step();
        } catch (error) {
          reject(error);
          transaction.abort();
        }
      };
      const when = (request, then) => (request.onsuccess = () => attempt(() => then(request.result)));
      const stores = { keys: transaction.objectStore("keys"), records: transaction.objectStore("records") };
      attempt(() => work(stores, when, (noted) => (outcome = noted)));
    });
  } finally {
    vault.close();
  }
}

const makeKey = () => crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);

/** How a record is locked: bound to its name, so that none can be put in another's place. */
const cipher = (id, iv) => ({ name: "AES-GCM", iv, additionalData: new TextEncoder().encode(id) });

async function sealed(key, id, content) {
  const text = JSON.stringify(content);
  const padded = text.padEnd(Math.ceil(text.length / PAD_LETTERS) * PAD_LETTERS);
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
  return { id, iv, sealed: await crypto.subtle.encrypt(cipher(id, iv), key, new TextEncoder().encode(padded)) };
}

async function unsealed(key, record) {
  const bytes = await crypto.subtle.decrypt(cipher(record.id, record.iv), key, record.sealed);
  return JSON.parse(new TextDecoder().decode(bytes));
}

/** The vault's key, {id, key}; nothing where it is empty. */
const heldKey = () => inOne("readonly", ({ keys }, when, note) => when(keys.getAll(), ([held]) => note(held)));

/** Stores a sealed record, and its key where it is the first. False where another page has put in another key meanwhile. */
function store(held, record, isThere) {
  return inOne("readwrite", ({ keys, records }, when, note) => {
    const put = () => (keys.put(held), records.put(record), note(true));
    when(keys.getAll(), ([current]) => {
      if (current && current.id !== held.id) note(false);
      else if (!isThere) put();
      else when(records.getKey(record.id), (found) => (found ? put() : note(true)));
    });
  });
}

async function lockAway(content, id, isThere) {
  for (;;) {
    const held = (await heldKey()) ?? { id: randomName(), key: await makeKey() };
    if (await store(held, await sealed(held.key, id, content), isThere)) return id;
  }
}

/** Locks something away and gives the name of its record, once it is on the disk. */
export const lockIn = (content) => lockAway(content, randomName(), false);

/** Changes what a record holds; nothing where the record has gone meanwhile. */
export const relock = (id, content) => lockAway(content, id, true);

/** What a record holds; undefined where there is none; null where it says only that it was refused, or cannot be read. */
export async function contentOf(id) {
  const [held, record] = await inOne("readonly", ({ keys, records }, when, note) => {
    when(keys.getAll(), ([key]) => when(records.get(id), (found) => note([key, found])));
  });
  if (!record) return undefined;
  return record.sealed && held ? unsealed(held.key, record).catch(() => null) : null;
}

const everyRecord = () => inOne("readonly", ({ records }, when, note) => when(records.getAll(), note));

const isProbe = ({ id }) => id.startsWith(PROBE);

/** The names of all records: {locked, refused}. */
export async function names() {
  const records = (await everyRecord()).filter((each) => !isProbe(each));
  const of = (some) => some.map(({ id }) => id);
  return { locked: of(records.filter((each) => each.sealed)), refused: of(records.filter((each) => !each.sealed)) };
}

/** Takes records out, and the key with the last one. isRefused: leaves word that there was one, and nothing else. */
export function takeOut(ids, isRefused = false) {
  return inOne("readwrite", ({ keys, records }, when) => {
    for (const id of ids) {
      if (isRefused) records.put({ id });
      else records.delete(id);
    }
    when(records.getAll(), (left) => left.some((each) => each.sealed) || keys.clear());
  });
}

/** Does something while nobody else, in whichever page or worker, does what has the same name. */
export const alone = (name, work, options = {}) =>
  navigator.locks ? navigator.locks.request(`heard-${name}`, options, work) : work(true);

async function probe() {
  const given = "x".repeat(PROBE_LETTERS);
  const leftOver = (await everyRecord()).filter(isProbe).map(({ id }) => id);
  const id = await lockAway({ given }, PROBE + randomName(), false);
  const found = await contentOf(id);
  await takeOut([id, ...leftOver]);
  return found.given === given;
}

/** Whether this phone keeps what it is given: tried with as much as a survey can hold, not guessed from its name. */
export function canKeep() {
  const inTime = new Promise((resolve) => setTimeout(resolve, PROBE_MS, false));
  return Promise.race([alone(PROBE, probe).catch(() => false), inTime]);
}
