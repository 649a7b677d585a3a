/** descriptionOf names the description of a ticket where a message is named, as the
 * desk does. */
export const descriptionOf = (ticketId: string) => `${ticketId}.description`;

export const isDescription = (id: string) => id.endsWith(descriptionOf(""));
