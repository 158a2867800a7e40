/** How an order number is read: as the contract reads it. Pure. */
export { type OrderKey, orderKeyOf, orderText } from "@/protocol/order-number";
