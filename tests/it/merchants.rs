//! Merchants of the general trade system: their papers go out as the SDK types them, and answers are read.

use apiscribe::endpoint::File;
use apiscribe::error::Retry;
use apiscribe::meta::BodyKind;
use apiscribe::serde_json::{Value, json, to_value};
use apiscribe::{Endpoint, Error, ErrorCode, Secret, Validate, http};
use generated_client::merchant::{
    AddMerchantRequest, AddMerchantRequired, AddSubMerchantRequest, AddSubMerchantRequired,
    AppAddSubMerchantRequest, AppAddSubMerchantRequired, BusinessLicense, BusinessLicenseRequired,
    CardInfo, CardInfoRequired, CreateMerchantError, CreateMerchantRequest, CreateMerchantRequired,
    GetAppMerchantRequest, GetAppMerchantRequired, IdType, ImageType, ImageUploadError,
    ImageUploadRequest, ImageUploadRequired, LegalPerson, LegalPersonRequired, MerchantChannel,
    MerchantType, OperationInfo, OperationInfoRequired, Picture, PictureRequired,
    QueryMerchantStatusRequest, QueryMerchantStatusRequired, UrlType,
};

use crate::support::with;

const BASE: &str = "https://open.douyin.com";

fn secret(text: &str) -> Secret<String> {
    text.to_owned().into()
}

fn picture(id: &str) -> Picture {
    Picture::new(PictureRequired { channel: MerchantChannel::Douyin, url: id.into() })
}

fn license() -> BusinessLicense {
    BusinessLicense::new(BusinessLicenseRequired {
        business_license_type: 1,
        business_license_code: "91110000MA000000XX".into(),
        business_license_picurl: vec![picture("1.jpeg")],
        begin_date: "20211231".into(),
        end_date: "99991231".into(),
    })
}

fn legal_person() -> LegalPerson {
    let number = secret("110000199001011234");
    let front = vec![picture("2.jpeg")];
    LegalPerson::new(LegalPersonRequired {
        name: "张三".into(),
        id_type: IdType::IdentityCard,
        id_no: number,
        front_pic_url: front,
        begin_date: "20211231".into(),
        exp_date: "20311231".into(),
    })
}

fn card() -> CardInfo {
    CardInfo::new(CardInfoRequired {
        settle_type: 1,
        card_type: "1".into(),
        account_name: "北京字节跳动有限公司".into(),
        account_no: secret("6222020000000001"),
        bank_full_name: "中国工商银行".into(),
        alipay_settle_type: 1,
    })
}

pub(crate) fn operation() -> OperationInfo {
    let (mobile, number) = (secret("13800000000"), secret("110000199001011234"));
    OperationInfo::new(OperationInfoRequired {
        manage_person_type: 1,
        manage_name: "张三".into(),
        manage_mobile: mobile,
        manage_email: "someone@example.com".into(),
        manage_id_no: number,
    })
}

pub(crate) fn request() -> CreateMerchantRequest {
    CreateMerchantRequest::new(CreateMerchantRequired {
        out_order_id: "s90219201291021920121212".into(),
        type_: 1,
        merchant_type: MerchantType::Company,
        merchant_name: "北京字节跳动有限公司".into(),
        merchant_short_name: "字节跳动".into(),
        channels: vec![MerchantChannel::Alipay, MerchantChannel::Douyin],
        industry_code: vec!["1520".to_owned()],
        province_code: "110000".into(),
        city_code: "110100".into(),
        district_code: "110107".into(),
        registered_addr: "北京市".into(),
        create_name: "张三".into(),
        business_license: license(),
        legal_person: legal_person(),
        merchant_card_info: card(),
        merchant_operation_info: operation(),
    })
}

fn refused(request: &impl Validate) -> String {
    request.validate().unwrap_err().to_string()
}

fn response(body: &str) -> http::Response<Vec<u8>> {
    http::Response::new(body.as_bytes().to_vec())
}

fn image(content: Vec<u8>) -> ImageUploadRequest {
    ImageUploadRequest::new(ImageUploadRequired {
        image_type: ImageType::Jpg,
        image_content: File::new("license.jpg", "image/jpeg", content),
    })
}

#[test]
fn a_picture_goes_out_in_parts_byte_by_byte() {
    assert_eq!(ImageUploadRequest::META.body, BodyKind::Multipart);
    let content = b"\xff\xd8\xff\xe0 --\r\n\0\xff\xd9";
    let token = secret("clt.1");
    let request = image(content.to_vec()).to_http(BASE, Some(&token)).unwrap();
    assert_eq!(request.uri(), "https://open.douyin.com/api/apps/ecpay/v3/saas/image_upload/");
    assert_eq!(request.headers()["access-token"], "clt.1");
    let content_type = request.headers()["content-type"].to_str().unwrap();
    let boundary = content_type.strip_prefix("multipart/form-data; boundary=").unwrap();
    let head = [
        "--B",
        "Content-Disposition: form-data; name=\"image_type\"",
        "",
        "jpg",
        "--B",
        "Content-Disposition: form-data; name=\"image_content\"; filename=\"license.jpg\"",
        "Content-Type: image/jpeg",
        "",
        "",
    ];
    let head = head.join("\r\n").replace("--B", &format!("--{boundary}"));
    let tail = format!("\r\n--{boundary}--\r\n");
    assert_eq!(*request.body(), [head.as_bytes(), content, tail.as_bytes()].concat());
}

#[test]
fn an_uploaded_picture_is_read_and_a_refused_one_told() {
    let body = r#"{"err_no":0,"err_msg":"","log_id":"1","data":{"image_id":"2.jpeg"}}"#;
    let reply = ImageUploadRequest::from_http(response(body)).unwrap();
    assert_eq!(reply.image_id.0, "2.jpeg");

    // Other pages of the same system have `err_tips` in place of `err_msg`.
    let body = r#"{"err_no":7004,"err_tips":"超过单个图片允许的限制(2M)"}"#;
    let error = ImageUploadRequest::from_http(response(body)).unwrap_err();
    let Error::Api(error) = error else { panic!("{error}") };
    assert_eq!(error.code, ImageUploadError::ImageTooLarge);
    assert_eq!(error.message, "超过单个图片允许的限制(2M)");
}

#[test]
fn an_application_is_written_as_the_sdk_types_it() {
    let request = request().with_app_id("tt1");
    assert!(request.validate().is_ok());
    let expected = json!({
        "app_id": "tt1",
        "out_order_id": "s90219201291021920121212",
        "type": 1,
        "merchant_type": 2,
        "merchant_name": "北京字节跳动有限公司",
        "merchant_short_name": "字节跳动",
        "channels": ["alipay", "hz"],
        "industry_code": ["1520"],
        "province_code": "110000",
        "city_code": "110100",
        "district_code": "110107",
        "registered_addr": "北京市",
        "create_name": "张三",
        "business_license": {
            "business_license_type": 1,
            "business_license_code": "91110000MA000000XX",
            "business_license_picurl": [{"channel": "hz", "url": "1.jpeg"}],
            "begin_date": "20211231",
            "end_date": "99991231",
        },
        "legal_person": {
            "name": "张三",
            "id_type": 1,
            "id_no": "110000199001011234",
            "front_pic_url": [{"channel": "hz", "url": "2.jpeg"}],
            "begin_date": "20211231",
            "exp_date": "20311231",
        },
        "merchant_card_info": {
            "settle_type": 1,
            "card_type": "1",
            "account_name": "北京字节跳动有限公司",
            "account_no": "6222020000000001",
            "bank_full_name": "中国工商银行",
            "alipay_settle_type": 1,
        },
        "merchant_operation_info": {
            "manage_person_type": 1,
            "manage_name": "张三",
            "manage_mobile": "13800000000",
            "manage_email": "someone@example.com",
            "manage_id_no": "110000199001011234",
        },
    });
    assert_eq!(to_value(&request).unwrap(), expected);
}

#[test]
fn numbers_of_papers_and_accounts_are_in_no_debug_output() {
    let shown = format!("{:?}", request());
    for hidden in ["110000199001011234", "6222020000000001", "13800000000"] {
        assert!(!shown.contains(hidden), "{hidden}");
    }
}

#[test]
fn what_is_wrong_in_an_application_is_told_by_its_path() {
    let channels = with(request(), |it| {
        it.channels = vec![];
    });
    assert_eq!(refused(&channels), "channels: 0 items, at least 1 needed");
    let unknown = MerchantChannel::Unknown("cash".to_owned());
    let unknown = with(request(), |it| {
        it.channels = vec![unknown];
    });
    assert!(refused(&unknown).starts_with("channels[0]: "));
    let kind = with(request(), |it| {
        it.merchant_type = MerchantType::Unknown(9);
    });
    assert!(refused(&kind).starts_with("merchant_type: "));
    let nobody = with(legal_person(), |it| {
        it.id_no = secret("");
    });
    let nobody = with(request(), |it| {
        it.legal_person = nobody;
    });
    assert!(refused(&nobody).starts_with("legal_person.id_no: "));
}

/// No source says what makes the platform take a second application for the first.
#[test]
fn an_application_is_never_repeated_without_being_told_to() {
    assert_eq!(request().idempotency_key(), None);
    assert!(!CreateMerchantRequest::META.is_safe());
    assert!(QueryMerchantStatusRequest::META.is_safe());
}

#[test]
fn an_application_is_answered_with_the_merchant() {
    let body =
        r#"{"err_no":0,"err_msg":"","log_id":"1","data":{"apply_id":"70","merchant_id":"M7"}}"#;
    let reply = CreateMerchantRequest::from_http(response(body)).unwrap();
    assert_eq!((reply.apply_id.as_deref(), reply.merchant_id.0.as_str()), (Some("70"), "M7"));

    let body = r#"{"err_no":2010,"err_msg":"参数错误: 参数:MerchantName 为空","log_id":"2"}"#;
    let error = CreateMerchantRequest::from_http(response(body)).unwrap_err();
    let error = error.api().unwrap();
    assert_eq!(error.code, CreateMerchantError::ParamError);
    assert_eq!(error.meaning(), Some("merchant_name is empty."));
    assert_eq!(CreateMerchantError::InternalError.retry(), Some(Retry::Same));
}

#[test]
fn a_status_is_told_for_each_channel() {
    let by_app = QueryMerchantStatusRequest::new(QueryMerchantStatusRequired {
        merchant_id: "M69824283230789983130".into(),
    });
    assert!(refused(&by_app).contains("app_id"));
    let by_app = by_app.with_app_id("tt1");
    assert!(by_app.validate().is_ok());
    let row = json!({
        "status": "SUCCESS", "reject_reason": "", "legal_validation_url": "https://a/1",
        "legal_sign_url": "https://a/2", "merchant_id": "M69824283230789983130",
    });
    let body = json!({
        "err_no": 0, "err_msg": "", "log_id": "1",
        "data": {"merchant_status_info": {"hz": row, "wx": row}, "new_merchant_status_info": {}},
    });
    let reply = QueryMerchantStatusRequest::from_http(response(&body.to_string())).unwrap();
    let channels: Vec<&str> = reply.merchant_status_info.keys().map(String::as_str).collect();
    assert_eq!(channels, ["hz", "wx"]);
    assert_eq!(reply.merchant_status_info["hz"].status, "SUCCESS");
    assert_eq!(reply.pay_status_info, None);
    assert!(!format!("{reply:?}").contains("https://a/"));
}

/// Onboarding and withdrawing are two pages of one API, four times.
#[test]
fn four_links_lead_to_two_pages_each() {
    let page = AppAddSubMerchantRequest::new(AppAddSubMerchantRequired {
        app_id: "tt1".into(),
        sub_merchant_id: "69560322266147130860".into(),
    });
    let page = page.with_url_type(UrlType::Balance).with_role(1);
    assert_eq!(
        to_value(page).unwrap(),
        json!({"app_id": "tt1", "sub_merchant_id": "69560322266147130860", "url_type": 2, "role": 1})
    );
    let page = GetAppMerchantRequest::new(GetAppMerchantRequired {
        thirdparty_id: "tt2".into(),
        app_id: "tt1".into(),
        url_type: UrlType::Onboarding,
    });
    assert_eq!(
        to_value(page).unwrap(),
        json!({"thirdparty_id": "tt2", "app_id": "tt1", "url_type": 1})
    );
    let page = AddMerchantRequest::new(AddMerchantRequired {
        thirdparty_component_id: "tt2".into(),
        url_type: UrlType::Onboarding,
    });
    assert_eq!(to_value(page).unwrap(), json!({"thirdparty_component_id": "tt2", "url_type": 1}));
}

/// The body of the copy's sample request.
#[test]
fn the_sample_request_for_a_partners_page_is_what_is_sent() {
    let (provider, partner) = ("ttc4a3b2154b83622f".into(), "69560322266147130860".into());
    let page = AddSubMerchantRequest::new(AddSubMerchantRequired {
        thirdparty_id: provider,
        sub_merchant_id: partner,
        url_type: UrlType::Balance,
    });
    let page = page.with_prod_id(2).with_role(1);
    let expected: Value = json!({
        "sub_merchant_id": "69560322266147130860",
        "thirdparty_id": "ttc4a3b2154b83622f",
        "url_type": 2,
        "prod_id": 2,
        "role": 1,
    });
    assert_eq!(to_value(page).unwrap(), expected);
    let body = r#"{"err_no":0,"err_msg":"string","log_id":"string","data":{"url":"string","merchant_id":"string"}}"#;
    let reply = AddSubMerchantRequest::from_http(response(body)).unwrap();
    let merchant_id = reply.merchant_id.as_ref().map(AsRef::as_ref);
    assert_eq!((reply.url.expose().as_str(), merchant_id), ("string", Some("string")));
}
