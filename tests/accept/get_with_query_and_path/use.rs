//! Fields go into the path, the query or the body.

use apiscribe::{Endpoint, Validate};

use super::api::demo::{AddItemRequest, AddItemRequired, ListItemsRequest, ListItemsRequired, Order, ShopId};
use super::api::platform::Fen;

const BASE: &str = "https://api.example.com";

#[test]
fn a_get_request_has_its_fields_in_the_url() {
    let request = ListItemsRequest {
        order: Some(Order::Up),
        min_price: Some(Fen(5)),
        open: Some(true),
        ..ListItemsRequest::new(ListItemsRequired { shop_id: ShopId::from("店 1/2"), page: 3 })
    };
    let request = request.to_http(BASE, None).unwrap();
    let path = "/shops/%E5%BA%97%201%2F2/items/3?order=up&min-price=5&open=true";
    assert_eq!(
        (request.method().as_str(), request.uri().to_string()),
        ("GET", format!("{BASE}{path}"))
    );
    assert!(request.body().is_empty());
}

#[test]
fn what_is_left_out_is_not_in_the_query() {
    let request = ListItemsRequest::new(ListItemsRequired { shop_id: ShopId::from("s"), page: 1 }).to_http(BASE, None).unwrap();
    assert_eq!(request.uri().to_string(), format!("{BASE}/shops/s/items/1"));
}

#[test]
fn a_post_request_has_the_rest_in_its_body() {
    let request =
        AddItemRequest { dry: Some(false), ..AddItemRequest::new(AddItemRequired { shop_id: ShopId::from("s"), name: "tea".into() }) };
    let request = request.to_http(BASE, None).unwrap();
    assert_eq!(request.uri().to_string(), format!("{BASE}/shops/s/items?dry=false"));
    assert_eq!(request.body(), br#"{"name":"tea"}"#);
}

#[test]
fn fields_of_the_url_are_checked_like_others() {
    let violations =
        ListItemsRequest::new(ListItemsRequired { shop_id: ShopId::from("too long for it"), page: 0 }).validate().unwrap_err();
    let expected = "shop_id: 15 bytes, at most 8 allowed\npage: 0, at least 1 needed";
    assert_eq!(violations.to_string(), expected);
}
