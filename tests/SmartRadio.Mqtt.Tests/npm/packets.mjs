// Reads lines of {version, hex}, decodes each with mqtt-packet, encodes the result again and prints the bytes.
import { createInterface } from 'node:readline';
import mqtt from 'mqtt-packet';

for await (const line of createInterface({ input: process.stdin })) {
  const { version, hex } = JSON.parse(line);
  const parser = mqtt.parser({ protocolVersion: version });
  let answer;
  parser.on('packet', packet => { answer = mqtt.generate(packet, { protocolVersion: version }).toString('hex'); });
  parser.on('error', error => { answer = 'error: ' + error.message; });
  parser.parse(Buffer.from(hex, 'hex'));
  console.log(answer ?? 'nothing');
}
