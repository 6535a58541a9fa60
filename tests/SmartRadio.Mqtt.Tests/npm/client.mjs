// Publishes to itself at every QoS over the address given, and prints what came back.
import mqtt from 'mqtt';

const [address, version] = process.argv.slice(2);
const client = await mqtt.connectAsync(address, { protocolVersion: Number(version), clientId: 'npm', reconnectPeriod: 0 });
const messages = new Promise(resolve => {
  const seen = [];
  client.on('message', (topic, payload) => { seen.push(`${topic} ${payload}`); if (seen.length === 3) { resolve(seen); } });
});
await client.subscribeAsync('npm/#', { qos: 2 });
for (const qos of [0, 1, 2]) {
  await client.publishAsync(`npm/${qos}`, 'chào', { qos, properties: version === '5' ? { contentType: 'text/plain', userProperties: { a: 'b' } } : undefined });
}
console.log((await messages).sort().join('\n'));
await client.endAsync();
