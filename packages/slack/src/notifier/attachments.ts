import type { Message, MessageId, ReplyChart, ReplyFile } from '@jamie/core';
import { type FileToSend, nameFile, toFileToSend } from './file-to-send.ts';

/** Draws a chart as a PNG picture. */
export type DrawChart = (chart: ReplyChart) => Promise<Uint8Array>;

/** Something that belongs into the thread of a message, made when it is needed. */
export interface Attachment extends Pick<FileToSend, 'name' | 'plainName'> {
  make(): Promise<FileToSend>;
}

/** What is attached to a message: these files, and its charts where somebody can draw. Pure; always the same names. */
export function attachmentsOf(
  message: Message,
  files: readonly ReplyFile[],
  drawChart: DrawChart | undefined,
): readonly Attachment[] {
  const texts = files.map((file, index) => toFileToSend(file, message.id, index));
  const attached = texts.map((file): Attachment => ({ ...file, make: async () => file }));
  if (drawChart === undefined) return attached;
  const pictures = chartsOf(message).map((chart, index) => pictureOf(chart, message.id, index, drawChart));
  return [...attached, ...pictures];
}

/** The charts that a message has. */
export function chartsOf({ body }: Message): readonly ReplyChart[] {
  return body.kind === 'reply' ? (body.reply.charts ?? []) : [];
}

function pictureOf(chart: ReplyChart, messageId: MessageId, index: number, drawChart: DrawChart): Attachment {
  const names = nameFile(chart, `${messageId}:chart:${index}`, '.png');
  return {
    ...names,
    make: async () => ({ ...names, altText: chart.description, bytes: await drawChart(chart) }),
  };
}
