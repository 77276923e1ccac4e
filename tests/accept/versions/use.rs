//! A JS API, its fields and their values came with different versions of the platform.

use apiscribe::JsApi;

use super::api::demo::{GoodType, PayOptions, PayOptionsRequired};

fn needs(options: &PayOptions) -> Vec<String> {
    let requirements = options.requirements().into_iter();
    requirements.map(|needed| format!("{} {}", needed.path, needed.since)).collect()
}

#[test]
fn a_call_needs_what_it_gives() {
    let options = PayOptions::new(PayOptionsRequired { custom_id: "c1".into() });
    assert_eq!(needs(&options), ["pay 2.64.0"]);
    let coins = PayOptions { good_type: Some(GoodType::Coins), ..options.clone() };
    assert_eq!(needs(&coins), ["pay 2.64.0", "pay.object.goodType 3.47.0"]);
    let item = PayOptions { good_type: Some(GoodType::Item), ..options };
    let expected = ["pay 2.64.0", "pay.object.goodType 3.47.0", "pay.object.goodType.2 3.48.0"];
    assert_eq!(needs(&item), expected);
}
