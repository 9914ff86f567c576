/** How commands are called where the generated bindings leave something to do. */
import { Channel } from "@tauri-apps/api/core";

/** A command that gives nothing. */
export const nothing = async (command: Promise<null>): Promise<void> => {
  await command;
};

/** A channel whose messages go to `listener`. */
export function channelTo<Message>(listener: (message: Message) => void): Channel<Message> {
  const channel = new Channel<Message>();
  channel.onmessage = listener;
  return channel;
}
