/** What the shop calls its parts: one of each in a task. */
export const WORDS = {
  cart: ['Cart', 'Basket', 'Shopping bag'],
  add: ['Add', 'Add to cart', 'Buy', 'Take'],
  remove: ['Remove', 'Take out'],
  later: ['Keep for later', 'Wish list'],
  checkOut: ['Check out', 'To the till'],
  order: ['Order now', 'Place order', 'Order'],
  code: ['Voucher', 'Discount code', 'Code'],
  apply: ['Apply', 'Use', 'Redeem'],
  delivery: ['Delivery', 'Shipping'],
};
