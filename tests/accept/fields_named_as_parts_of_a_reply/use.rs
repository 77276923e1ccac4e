//! A field of the data is found by its name, whatever the reply or the event around it has.

use apiscribe::callback::Callback;
use apiscribe::{Endpoint, http};

use super::api::demo::{GetOrderRequest, Paid};

const ORDER: &str = r#"{"code":0,"log_id":"L1","data":{"status":"CLOSED","log_id":"of the order","data":"d","unread":3,"headers":"h","body":{"a":1}}}"#;

#[test]
fn the_status_of_an_order_is_not_that_of_http() {
    let response = http::Response::builder().header("x-a", "1").body(ORDER.as_bytes().to_vec());
    let reply = GetOrderRequest::from_http(response.unwrap()).unwrap();
    assert_eq!((reply.status.as_str(), reply.http_status().as_u16()), ("CLOSED", 200));
    assert_eq!((reply.log_id.as_deref(), reply.log_id()), (Some("of the order"), Some("L1")));
    assert_eq!((reply.unread, reply.unread()), (Some(3), &["data.body".to_owned()][..]));
    assert_eq!((reply.headers.as_deref(), reply.headers().len()), (Some("h"), 1));
    assert_eq!((&reply.body, reply.raw_body().as_ref()), (&None, ORDER.as_bytes()));
    assert_eq!(reply.data.as_deref(), Some("d"));
    assert_eq!((&reply.data().data, reply.clone().into_data().data), (&reply.data, Some("d".into())));
}

#[test]
fn the_version_of_an_app_is_not_that_of_the_call() {
    let content = r#"{\"version\":7,\"content\":\"c\",\"unread\":2}"#;
    let body = format!(r#"{{"type":"paid","version":"3.0","msg":"{content}"}}"#);
    let event = Paid::parse(body.as_bytes()).unwrap();
    assert_eq!((event.version, event.version()), (Some(7), Some("3.0")));
    assert_eq!((event.unread, event.unread().len()), (Some(2), 0));
    assert_eq!((&event.content, &event.content().content), (&Some("c".into()), &Some("c".into())));
    assert_eq!(event.into_content().content.as_deref(), Some("c"));
}
