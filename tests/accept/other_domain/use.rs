//! A domain may use the types, enums and errors of another.

use apiscribe::{Endpoint, ErrorCode, Validate};

use super::api::common::{GatewayError, Place, PlaceRequired, Size, UserId};
use super::api::shop::{OpenShopRequest, OpenShopRequired};

#[test]
fn what_another_domain_defines_is_its_own_type() {
    let request = OpenShopRequest {
        places: Some(vec![Place::new(PlaceRequired { street: "".into() })]),
        size: Some(Size::Unknown("XL".to_owned())),
        ..OpenShopRequest::new(OpenShopRequired { owner: UserId::from("12345") })
    };
    let expected = [
        "owner: 5 bytes, at most 4 allowed",
        "places[0].street: required, but missing or empty",
        "size: `XL` is not a documented value",
    ];
    let violations = request.validate().unwrap_err().to_string();
    assert_eq!(violations.lines().collect::<Vec<_>>(), expected);
    assert_eq!(<OpenShopRequest as Endpoint>::Error::from_code(1), GatewayError::BadToken);
}
