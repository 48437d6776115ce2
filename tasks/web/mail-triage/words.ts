/** What the mail program calls its parts: one of each in a task. */
export const WORDS = {
  inbox: ['Inbox', 'Incoming', 'New mail'],
  move: ['Move to', 'Put into'],
  reply: ['Reply', 'Answer'],
  text: ['Message', 'Your answer', 'Text'],
  send: ['Send', 'Send reply'],
  more: ['More', 'Actions'],
};
