// As much of qcow2 as it takes to have QEMU save a snapshot in a file and to get the VM state out of it again.

const CLUSTER_BITS = 16;
const CLUSTER = 1 << CLUSTER_BITS;
/** An L2 table is a cluster of eight-byte entries. */
const L2_BITS = CLUSTER_BITS - 3;
const DISK_SIZE = 1 << 20;
/** The VM state lies behind the disk, from the next entry of the L1 table on. */
const VM_STATE_AT = 1;
/** Bits 9 to 55 of an entry are the offset; the others are flags. */
const OFFSET = 0x00ff_ffff_ffff_fe00n;

/** An empty image: header, refcount table, one block of it, L1 table, a cluster each. */
export function emptyImage(): Buffer {
  const image = Buffer.alloc(4 * CLUSTER);
  image.write("QFI\xfb", 0, "latin1");
  image.writeUInt32BE(3, 4); // version
  image.writeUInt32BE(CLUSTER_BITS, 20);
  image.writeBigUInt64BE(BigInt(DISK_SIZE), 24);
  image.writeUInt32BE(1, 36); // entries of the L1 table
  image.writeBigUInt64BE(BigInt(3 * CLUSTER), 40);
  image.writeBigUInt64BE(BigInt(CLUSTER), 48); // the refcount table, of one cluster
  image.writeUInt32BE(1, 56);
  image.writeUInt32BE(4, 96); // refcounts of 2^4 bits
  image.writeUInt32BE(104, 100); // length of this header
  image.writeBigUInt64BE(BigInt(2 * CLUSTER), CLUSTER);
  for (let cluster = 0; cluster < 4; cluster += 1) image.writeUInt16BE(1, 2 * CLUSTER + 2 * cluster);
  return image;
}

/** The VM state of the first snapshot of an image that began as `emptyImage()`. */
export function vmStateOf(image: Buffer): Buffer {
  if (image.readUInt32BE(60) === 0) throw new Error("The image holds no snapshot.");
  const snapshot = Number(image.readBigUInt64BE(64));
  const l1 = Number(image.readBigUInt64BE(snapshot));
  // In the data behind the fixed part: the size in 64 bits.
  const size = Number(image.readBigUInt64BE(snapshot + 40));
  const pieces: Buffer[] = [];
  for (let cluster = 0; cluster * CLUSTER < size; cluster += 1) {
    const l2 = offsetAt(image, l1 + 8 * (VM_STATE_AT + (cluster >> L2_BITS)));
    const data = l2 === 0 ? 0 : offsetAt(image, l2 + 8 * (cluster & ((1 << L2_BITS) - 1)));
    // What the file ends in reads as zeros.
    const piece = Buffer.alloc(CLUSTER);
    if (data !== 0) image.copy(piece, 0, data, data + CLUSTER);
    pieces.push(piece);
  }
  return Buffer.concat(pieces).subarray(0, size);
}

function offsetAt(image: Buffer, at: number): number {
  return Number(image.readBigUInt64BE(at) & OFFSET);
}
