// Reads lines of {version, hex, packet}. Answers each with what mqtt-packet parses out of the bytes and the bytes it makes of
// the packet. Binary fields travel as {$hex}.
import { createInterface } from 'node:readline';
import mqtt from 'mqtt-packet';

const isPublish = packet => packet.cmd === 'publish';

function parse(bytes, protocolVersion) {
  const parser = mqtt.parser({ protocolVersion });
  const parsed = [];
  parser.on('packet', packet => parsed.push(packet));
  parser.on('error', error => { throw error; });
  parser.parse(bytes);
  if (parsed.length !== 1) { throw new Error(`${parsed.length} packets`); }
  return parsed[0];
}

// What the packet says; not its length, nor flags that only PUBLISH has.
function tell(packet) {
  const told = {};
  for (const [key, value] of Object.entries(packet)) {
    const isHeader = key === 'length' || (['retain', 'qos', 'dup'].includes(key) && !isPublish(packet));
    if (value !== null && !isHeader) { told[key] = value; }
  }
  return JSON.stringify(told, (_, value) => value?.type === 'Buffer' ? { $hex: Buffer.from(value.data).toString('hex') } : value);
}

const bytesBack = (_, value) => typeof value?.$hex === 'string' ? Buffer.from(value.$hex, 'hex') : value;

for await (const line of createInterface({ input: process.stdin })) {
  try {
    const { version, hex, packet } = JSON.parse(line, bytesBack);
    const parsed = tell(parse(Buffer.from(hex, 'hex'), version));
    const made = mqtt.generate(packet, { protocolVersion: version }).toString('hex');
    console.log(`{"parsed":${parsed},"hex":"${made}"}`);
  } catch (error) {
    console.log(JSON.stringify({ error: error.message }));
  }
}
