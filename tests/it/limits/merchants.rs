//! Requests on merchants, withdrawals and bills, each with a text in one field.

use apiscribe::Validate;
use generated_client::bill::{
    BillType, BillsRequest, BillsRequired, FundBillsRequest, FundBillsRequired,
};
use generated_client::common::MerchantUid;
use generated_client::merchant::{
    AddMerchantRequest, AddMerchantRequired, AddSubMerchantRequest, AddSubMerchantRequired,
    AppAddSubMerchantRequest, AppAddSubMerchantRequired, Beneficiary, BeneficiaryRequired,
    GetAppMerchantRequest, GetAppMerchantRequired, IdType, MerchantChannel, Picture,
    PictureRequired, QueryMerchantStatusRequest, QueryMerchantStatusRequired, UrlType,
};
use generated_client::platform::Fen;
use generated_client::withdraw::{
    ChannelType, MerchantWithdrawRequest, MerchantWithdrawRequired, QueryMerchantBalanceRequest,
    QueryMerchantBalanceRequired, QueryWithdrawOrderRequest, QueryWithdrawOrderRequired,
};

use super::{Checked, Field, URL};
use crate::merchants::{operation, request};

pub(super) const FIELDS: &[Field] = &[
    ("AddMerchantRequest.thirdparty_component_id", 0, |text| {
        AddMerchantRequest::new(AddMerchantRequired {
            thirdparty_component_id: text.into(),
            url_type: UrlType::Onboarding,
        })
        .validate()
    }),
    ("AddSubMerchantRequest.sub_merchant_id", 0, |text| {
        AddSubMerchantRequest::new(AddSubMerchantRequired {
            thirdparty_id: "t".into(),
            sub_merchant_id: text.into(),
            url_type: UrlType::Balance,
        })
        .validate()
    }),
    ("AddSubMerchantRequest.thirdparty_id", 0, |text| {
        AddSubMerchantRequest::new(AddSubMerchantRequired {
            thirdparty_id: text.into(),
            sub_merchant_id: "s".into(),
            url_type: UrlType::Balance,
        })
        .validate()
    }),
    ("AppAddSubMerchantRequest.sub_merchant_id", 0, |text| {
        AppAddSubMerchantRequest::new(AppAddSubMerchantRequired {
            app_id: "a".into(),
            sub_merchant_id: text.into(),
        })
        .validate()
    }),
    ("Beneficiary.address", 0, |text| beneficiary(|person| person.address = Some(text))),
    ("Beneficiary.back_pic_url", 0, |text| {
        beneficiary(|person| person.back_pic_url = Some(text.into()))
    }),
    ("Beneficiary.begin_date", 0, |text| beneficiary(|person| person.begin_date = text)),
    ("Beneficiary.exp_date", 0, |text| beneficiary(|person| person.exp_date = text)),
    ("Beneficiary.front_pic_url", 0, |text| {
        beneficiary(|person| person.front_pic_url = text.into())
    }),
    ("Beneficiary.id_no", 0, |text| beneficiary(|person| person.id_no = text.into())),
    ("Beneficiary.name", 0, |text| beneficiary(|person| person.name = text)),
    ("BillsRequest.merchant_id", 0, |text| {
        let merchant = Some(MerchantUid(text));
        BillsRequest::new(BillsRequired {
            app_id: "a".into(),
            merchant_id: merchant,
            bill_type: BillType::Payment,
            bill_date: "202310".into(),
        })
        .validate()
    }),
    ("CreateMerchantRequest.sub_merchant_id", 0, |text| {
        request().with_sub_merchant_id(text).validate()
    }),
    ("CreateMerchantRequest.thirdparty_id", 0, |text| {
        request().with_thirdparty_id(text).validate()
    }),
    ("FundBillsRequest.merchant_id", 0, |text| {
        let merchant = Some(MerchantUid(text));
        FundBillsRequest::new(FundBillsRequired {
            app_id: "a".into(),
            merchant_id: merchant,
            account_type: "ALL".into(),
            payment_type: "ALL".into(),
            trade_type: "ALL".into(),
            bill_date: "20231015".into(),
        })
        .validate()
    }),
    ("GetAppMerchantRequest.thirdparty_id", 0, |text| {
        GetAppMerchantRequest::new(GetAppMerchantRequired {
            thirdparty_id: text.into(),
            app_id: "a".into(),
            url_type: UrlType::Onboarding,
        })
        .validate()
    }),
    ("MerchantWithdrawRequest.callback", URL.len(), |text| {
        withdraw(|request| request.callback = Some(URL.to_owned() + &text))
    }),
    ("MerchantWithdrawRequest.cp_extra", 0, |text| {
        withdraw(|request| request.cp_extra = Some(text))
    }),
    ("MerchantWithdrawRequest.merchant_uid", 0, |text| {
        withdraw(|request| request.merchant_uid = text.into())
    }),
    ("MerchantWithdrawRequest.out_order_id", 0, |text| {
        withdraw(|request| request.out_order_id = text.into())
    }),
    ("MerchantWithdrawRequest.thirdparty_id", 0, |text| {
        withdraw(|request| request.thirdparty_id = Some(text.into()))
    }),
    ("OperationInfo.business_authorization_letter", 0, |text| {
        operation().with_business_authorization_letter(text).validate()
    }),
    ("OperationInfo.id_back_pic_url", 0, |text| operation().with_id_back_pic_url(text).validate()),
    ("OperationInfo.id_front_pic_url", 0, |text| {
        operation().with_id_front_pic_url(text).validate()
    }),
    ("Picture.url", 0, |text| {
        Picture::new(PictureRequired { channel: MerchantChannel::Douyin, url: text.into() })
            .validate()
    }),
    ("QueryMerchantBalanceRequest.merchant_uid", 0, |text| {
        QueryMerchantBalanceRequest::new(QueryMerchantBalanceRequired {
            merchant_uid: text.into(),
            channel_type: ChannelType::Douyin,
        })
        .validate()
    }),
    ("QueryMerchantBalanceRequest.thirdparty_id", 0, |text| {
        let request = QueryMerchantBalanceRequest::new(QueryMerchantBalanceRequired {
            merchant_uid: "m".into(),
            channel_type: ChannelType::Douyin,
        });
        request.with_thirdparty_id(text).validate()
    }),
    ("QueryMerchantStatusRequest.merchant_id", 0, |text| {
        status(|request| request.merchant_id = text.into())
    }),
    ("QueryMerchantStatusRequest.sub_merchant_id", 0, |text| {
        status(|request| request.sub_merchant_id = Some(text.into()))
    }),
    ("QueryMerchantStatusRequest.thirdparty_id", 0, |text| {
        status(|request| request.thirdparty_id = Some(text.into()))
    }),
    ("QueryWithdrawOrderRequest.merchant_uid", 0, |text| {
        withdrawal(|request| request.merchant_uid = text.into())
    }),
    ("QueryWithdrawOrderRequest.out_order_id", 0, |text| {
        withdrawal(|request| request.out_order_id = text.into())
    }),
    ("QueryWithdrawOrderRequest.thirdparty_id", 0, |text| {
        withdrawal(|request| request.thirdparty_id = Some(text.into()))
    }),
];

fn beneficiary(change: impl FnOnce(&mut Beneficiary)) -> Checked {
    let (number, picture) = ("1".to_owned().into(), "1.jpeg".into());
    let mut person = Beneficiary::new(BeneficiaryRequired {
        name: "n".into(),
        id_type: IdType::Passport,
        id_no: number,
        front_pic_url: picture,
        begin_date: "20211231".into(),
        exp_date: "99991231".into(),
    });
    change(&mut person);
    person.validate()
}

fn withdraw(change: impl FnOnce(&mut MerchantWithdrawRequest)) -> Checked {
    let (merchant, number) = ("m".into(), "w".into());
    let mut request = MerchantWithdrawRequest::new(MerchantWithdrawRequired {
        merchant_uid: merchant,
        channel_type: ChannelType::Alipay,
        withdraw_amount: Fen(1),
        out_order_id: number,
    });
    request.app_id = Some("a".into());
    change(&mut request);
    request.validate()
}

fn status(change: impl FnOnce(&mut QueryMerchantStatusRequest)) -> Checked {
    let mut request =
        QueryMerchantStatusRequest::new(QueryMerchantStatusRequired { merchant_id: "m".into() });
    request.app_id = Some("a".into());
    change(&mut request);
    request.validate()
}

fn withdrawal(change: impl FnOnce(&mut QueryWithdrawOrderRequest)) -> Checked {
    let (merchant, number) = ("m".into(), "w".into());
    let mut request = QueryWithdrawOrderRequest::new(QueryWithdrawOrderRequired {
        merchant_uid: merchant,
        channel_type: ChannelType::Alipay,
        out_order_id: number,
    });
    request.app_id = Some("a".into());
    change(&mut request);
    request.validate()
}
