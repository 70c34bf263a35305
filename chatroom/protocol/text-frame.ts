/**
 * A text as one WebSocket frame, ready for the wire (RFC 6455, section 5.2). Servers do not mask and we do not
 * compress, so that these bytes are the same for everybody who is to read them: made once, they are written to a
 * thousand connections as they are, for less than it costs to frame them a thousand times.
 */
export function textFrame(text: string): Buffer {
  const length = Buffer.byteLength(text);
  const extended = length < 126 ? 0 : length < 65_536 ? 2 : 8;
  const frame = Buffer.allocUnsafe(2 + extended + length);
  frame[0] = finalText;
  if (extended === 0) {
    frame[1] = length;
  } else if (extended === 2) {
    frame[1] = 126;
    frame.writeUInt16BE(length, 2);
  } else {
    frame[1] = 127;
    frame.writeBigUInt64BE(BigInt(length), 2);
  }
  frame.write(text, 2 + extended);
  return frame;
}

/** FIN, and the operation code of text. */
const finalText = 0x81;
