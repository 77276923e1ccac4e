//! Lists and objects where there are only pairs of name and text: in a query, in a form, and in parts.

use std::collections::BTreeMap;

use apiscribe::error::RequestError;
use apiscribe::{Encode, Endpoint, Validate};

use super::{OPEN, PLAIN, sent};

#[derive(Encode, Validate, Endpoint)]
#[endpoint(GET "/search", name = "search", host = OPEN, envelope = PLAIN, lists = commas)]
struct Search {
    #[wire(skip)]
    #[endpoint(query)]
    labels: Vec<String>,
    #[wire(skip)]
    #[endpoint(query, lists = repeated)]
    sort: Vec<&'static str>,
    #[wire(skip)]
    #[endpoint(query, lists = brackets)]
    id: Option<Vec<i64>>,
    #[wire(skip)]
    #[endpoint(query, objects = brackets)]
    created: Option<BTreeMap<&'static str, i64>>,
}

#[derive(Encode, Validate, Endpoint)]
#[endpoint(POST "/charge", name = "charge", host = OPEN, envelope = PLAIN, body = form)]
#[endpoint(lists = indices, objects = brackets)]
struct Charge {
    amount: i64,
    card: Option<Card>,
    items: Vec<Item>,
    expand: Vec<&'static str>,
    #[endpoint(lists = brackets, objects = json)]
    tags: Vec<Option<Item>>,
    metadata: BTreeMap<&'static str, &'static str>,
}

#[derive(Encode)]
struct Card {
    number: &'static str,
    #[wire(optional)]
    cvc: Option<i64>,
    address: Address,
}

#[derive(Encode)]
struct Address {
    line: Option<&'static str>,
    floors: Vec<i64>,
}

#[derive(Encode)]
struct Item {
    price: &'static str,
    count: u64,
}

#[derive(Encode, Validate, Endpoint)]
#[endpoint(POST "/parts", name = "parts", host = OPEN, envelope = PLAIN, body = multipart)]
struct Parts {
    #[endpoint(lists = commas)]
    ids: Vec<i64>,
}

fn search() -> Search {
    Search { labels: Vec::new(), sort: Vec::new(), id: None, created: None }
}

fn charge() -> Charge {
    Charge {
        amount: 5,
        card: None,
        items: Vec::new(),
        expand: Vec::new(),
        tags: Vec::new(),
        metadata: BTreeMap::new(),
    }
}

#[test]
fn a_list_in_a_query_is_spelled_as_the_endpoint_says_or_the_field() {
    let labels = vec!["bug".to_owned(), "help wanted".to_owned(), String::new()];
    let all = Search { labels, sort: vec!["a", "b"], id: Some(vec![1, 2]), ..search() };
    let line = "GET /search?labels=bug,help%20wanted,&sort=a&sort=b&id%5B%5D=1&id%5B%5D=2";
    assert_eq!(sent(&all).0, line);
    assert_eq!(sent(&Search { id: Some(Vec::new()), ..search() }).0, "GET /search");
}

#[test]
fn an_object_in_a_query_is_spelled_in_brackets() {
    let created = Some(BTreeMap::from([("gte", 1), ("lt", 2)]));
    let line = "GET /search?created%5Bgte%5D=1&created%5Blt%5D=2";
    assert_eq!(sent(&Search { created, ..search() }).0, line);
}

#[test]
fn an_item_with_a_comma_is_refused_where_commas_part_the_items() {
    let commas = Search { labels: vec!["a,b".to_owned()], ..search() };
    let error = commas.to_http(OPEN.production, None).unwrap_err();
    assert!(matches!(&error, RequestError::ListItem { name } if name == "labels"), "{error}");
    assert_eq!(error.to_string(), "labels: an item has a comma, which would make two items of it");
    let repeated = Search { sort: vec!["a,b"], ..search() };
    assert_eq!(sent(&repeated).0, "GET /search?sort=a%2Cb");
}

#[test]
fn a_form_holds_objects_and_lists_of_them() {
    let address = Address { line: None, floors: vec![3, 4] };
    let card = Some(Card { number: "4&2", cvc: None, address });
    let items = vec![Item { price: "p1", count: u64::MAX }, Item { price: "p2", count: 1 }];
    let form = sent(&Charge { card, items, expand: vec!["x", "y"], ..charge() }).2;
    let pairs: Vec<String> =
        form.split('&').map(|pair| pair.replace("%5B", "[").replace("%5D", "]")).collect();
    let expected = [
        "amount=5",
        "card[number]=4%262",
        "card[address][floors][0]=3",
        "card[address][floors][1]=4",
        "items[0][price]=p1",
        "items[0][count]=18446744073709551615",
        "items[1][price]=p2",
        "items[1][count]=1",
        "expand[0]=x",
        "expand[1]=y",
    ];
    assert_eq!(pairs, expected);
}

#[test]
fn a_map_in_a_form_is_a_pair_for_each_key() {
    let metadata = BTreeMap::from([("order id", "6735"), ("z", "")]);
    let form = sent(&Charge { metadata, ..charge() }).2;
    assert_eq!(form, "amount=5&metadata%5Border%20id%5D=6735&metadata%5Bz%5D=");
}

#[test]
fn an_object_that_stays_json_keeps_the_order_of_its_fields() {
    let tags = vec![Some(Item { price: "p", count: 1 }), None];
    let form = sent(&Charge { tags, ..charge() }).2;
    let json = "%7B%22price%22%3A%22p%22%2C%22count%22%3A1%7D";
    assert_eq!(form, format!("amount=5&tags%5B%5D={json}&tags%5B%5D="));
}

#[test]
fn a_list_in_parts_is_spelled_so_too() {
    let body = sent(&Parts { ids: vec![1, 2] }).2;
    assert!(body.contains("name=\"ids\"\r\n\r\n1,2\r\n"), "{body}");
}
