export { connectMqtt, useMqtt, type MqttClient, type Publisher } from './connector.ts';
export { mqttFailure } from './failure.ts';
