//! Lists and objects where there are only pairs of a name and a text.

use std::collections::BTreeMap;

use apiscribe::Endpoint;

use super::api::demo::{CreatePriceRequest, CreatePriceRequired, Price, SearchRequest, Tier, UploadRequest, UploadRequired};

const BASE: &str = "https://api.example.com";

/// The pairs of a query or a form, brackets as they are.
fn pairs(text: &str) -> Vec<String> {
    text.split('&').map(|pair| pair.replace("%5B", "[").replace("%5D", "]")).collect()
}

fn query(request: &impl Endpoint) -> Vec<String> {
    pairs(request.to_http(BASE, None).unwrap().uri().query().unwrap_or_default())
}

fn form(request: &impl Endpoint) -> Vec<String> {
    pairs(std::str::from_utf8(request.to_http(BASE, None).unwrap().body()).unwrap())
}

fn tier(up_to: i64, of: Vec<i64>) -> Tier {
    Tier { up_to: Some(up_to), of: Some(of) }
}

#[test]
fn a_query_is_spelled_as_the_endpoint_says_or_the_field() {
    let request = SearchRequest {
        labels: Some(vec!["bug".to_owned(), "a b".to_owned()]),
        id: Some(vec![1, 2]),
        created: Some(BTreeMap::from([("gte".to_owned(), 1)])),
        filter: Some(tier(1, vec![2])),
    };
    let json = "filter=%7B%22up_to%22%3A1%2C%22of%22%3A[2]%7D";
    assert_eq!(query(&request), ["labels=bug,a%20b", "id[]=1", "id[]=2", "created[gte]=1", json]);
}

#[test]
fn a_form_holds_objects_and_lists_of_them() {
    let price = Price { currency: "eur".to_owned(), tiers: Some(vec![tier(5, vec![]), tier(9, vec![7, 8])]) };
    let request = CreatePriceRequest {
        expand: Some(vec!["tiers".to_owned()]),
        metadata: Some(BTreeMap::from([("order".to_owned(), "6735".to_owned())])),
        tags: Some(vec!["x".to_owned(), "y".to_owned()]),
        ..CreatePriceRequest::new(CreatePriceRequired { price })
    };
    let expected = [
        "price[currency]=eur",
        "price[tiers][0][up_to]=5",
        "price[tiers][1][up_to]=9",
        "price[tiers][1][of][0]=7",
        "price[tiers][1][of][1]=8",
        "expand[0]=tiers",
        "metadata[order]=6735",
    ];
    assert_eq!(form(&request), expected);
    assert_eq!(query(&request), ["tags=x", "tags=y"]);
}

#[test]
fn a_part_is_one_for_each_item() {
    let request = UploadRequest::new(UploadRequired { ids: vec![1, 2] }).to_http(BASE, None).unwrap();
    let body = String::from_utf8(request.into_body()).unwrap();
    assert_eq!(body.matches("form-data; name=\"ids\"\r\n").count(), 2, "{body}");
}

#[test]
fn an_item_with_a_comma_is_refused_where_commas_part_the_items() {
    let request = SearchRequest { labels: Some(vec!["a,b".to_owned()]), ..SearchRequest::new() };
    assert!(request.to_http(BASE, None).is_err());
}
