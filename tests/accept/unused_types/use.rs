//! A type that nothing names can be sent and received, whatever becomes of the types inside it.

use apiscribe::Validate;

use super::api::demo::{Order, OrderRequired, Receiver, ReceiverRequired, Transfer, TransferRequired};

#[test]
fn it_is_written_read_and_checked() {
    let transfer = Transfer::new(TransferRequired { order: Order::new(OrderRequired { id: "o1".into() }), receivers: vec![Receiver::new(ReceiverRequired { account: "abc".into() })] });
    let json = serde_json::to_string(&transfer).unwrap();
    assert_eq!(json, r#"{"order":{"id":"o1"},"receivers":[{"account":"abc"}]}"#);
    assert_eq!(serde_json::from_str::<Transfer>(&json).unwrap(), transfer);
    let transfer = Transfer::new(TransferRequired { order: Order::new(OrderRequired { id: "o1".into() }), receivers: vec![Receiver::new(ReceiverRequired { account: "abcd".into() })] });
    assert_eq!(transfer.validate().unwrap_err().len(), 1);
}
