//! An amount is one of a list, or becomes one when it is multiplied by a setting. 1 yuan is 100 fen.

use apiscribe::Validate;
use apiscribe::validate::Settings;

use super::api::demo::PayOptions;
use super::api::platform::{Diamonds, Fen};
use super::api::platform::COIN_PRICE;

fn violations(options: &PayOptions, settings: &Settings) -> String {
    let checked = options.validate_with(settings);
    checked.map_or_else(|violations| violations.to_string(), |()| String::new())
}

#[test]
fn an_amount_is_one_of_the_levels() {
    let none = Settings::new();
    let pay = |price, gems| PayOptions { quantity: None, price: Some(price), gems: Some(gems) };
    assert_eq!(violations(&pay(Fen(300), Diamonds(30)), &none), "");
    let found = violations(&pay(Fen(3), Diamonds(11)), &none);
    assert!(found.contains("price: ") && found.contains("gems: "), "{found}");
}

#[test]
fn a_quantity_times_its_price_is_one_of_the_levels() {
    let coins = |quantity| PayOptions { quantity: Some(quantity), ..PayOptions::new() };
    let at_ten_fen = Settings::new().with(COIN_PRICE, Fen(10));
    assert_eq!(violations(&coins(60), &at_ten_fen), "");
    assert_ne!(violations(&coins(61), &at_ten_fen), "");
    assert_ne!(violations(&coins(i64::MAX), &at_ten_fen), "");
}

#[test]
fn without_the_setting_it_is_asked_for() {
    let found =
        violations(&PayOptions { quantity: Some(60), ..PayOptions::new() }, &Settings::new());
    assert!(found.contains("`coin_price`"), "{found}");
}
