//! Requests on merchants, withdrawals and bills, each with a text in one field.

use apiscribe::Validate;
use generated_client::bill::{BillType, BillsRequest, FundBillsRequest};
use generated_client::common::MerchantUid;
use generated_client::merchant::{
    AddMerchantRequest, AddSubMerchantRequest, AppAddSubMerchantRequest, Beneficiary,
    CreateMerchantRequest, GetAppMerchantRequest, IdType, MerchantChannel, OperationInfo, Picture,
    QueryMerchantStatusRequest, UrlType,
};
use generated_client::platform::Fen;
use generated_client::withdraw::{
    ChannelType, MerchantWithdrawRequest, QueryMerchantBalanceRequest, QueryWithdrawOrderRequest,
};

use super::{Checked, Field, URL};
use crate::merchants::{operation, request};

pub(super) const FIELDS: &[Field] = &[
    ("AddMerchantRequest.thirdparty_component_id", 0, |text| {
        AddMerchantRequest::new(text.into(), UrlType::Onboarding).validate()
    }),
    ("AddSubMerchantRequest.sub_merchant_id", 0, |text| {
        AddSubMerchantRequest::new("t".into(), text.into(), UrlType::Balance).validate()
    }),
    ("AddSubMerchantRequest.thirdparty_id", 0, |text| {
        AddSubMerchantRequest::new(text.into(), "s".into(), UrlType::Balance).validate()
    }),
    ("AppAddSubMerchantRequest.sub_merchant_id", 0, |text| {
        AppAddSubMerchantRequest::new("a".into(), text.into()).validate()
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
        BillsRequest::new("a".into(), merchant, BillType::Payment, "202310").validate()
    }),
    ("CreateMerchantRequest.sub_merchant_id", 0, |text| {
        CreateMerchantRequest { sub_merchant_id: Some(text.into()), ..request() }.validate()
    }),
    ("CreateMerchantRequest.thirdparty_id", 0, |text| {
        CreateMerchantRequest { thirdparty_id: Some(text.into()), ..request() }.validate()
    }),
    ("FundBillsRequest.merchant_id", 0, |text| {
        let merchant = Some(MerchantUid(text));
        FundBillsRequest::new("a".into(), merchant, "ALL", "ALL", "ALL", "20231015").validate()
    }),
    ("GetAppMerchantRequest.thirdparty_id", 0, |text| {
        GetAppMerchantRequest::new(text.into(), "a".into(), UrlType::Onboarding).validate()
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
        OperationInfo { business_authorization_letter: Some(text.into()), ..operation() }.validate()
    }),
    ("OperationInfo.id_back_pic_url", 0, |text| {
        OperationInfo { id_back_pic_url: Some(text.into()), ..operation() }.validate()
    }),
    ("OperationInfo.id_front_pic_url", 0, |text| {
        OperationInfo { id_front_pic_url: Some(text.into()), ..operation() }.validate()
    }),
    ("Picture.url", 0, |text| Picture::new(MerchantChannel::Douyin, text.into()).validate()),
    ("QueryMerchantBalanceRequest.merchant_uid", 0, |text| {
        QueryMerchantBalanceRequest::new(text.into(), ChannelType::Douyin).validate()
    }),
    ("QueryMerchantBalanceRequest.thirdparty_id", 0, |text| {
        let request = QueryMerchantBalanceRequest::new("m".into(), ChannelType::Douyin);
        QueryMerchantBalanceRequest { thirdparty_id: Some(text.into()), ..request }.validate()
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
    let mut person =
        Beneficiary::new("n", IdType::Passport, number, picture, "20211231", "99991231");
    change(&mut person);
    person.validate()
}

fn withdraw(change: impl FnOnce(&mut MerchantWithdrawRequest)) -> Checked {
    let (merchant, number) = ("m".into(), "w".into());
    let mut request = MerchantWithdrawRequest::new(merchant, ChannelType::Alipay, Fen(1), number);
    request.app_id = Some("a".into());
    change(&mut request);
    request.validate()
}

fn status(change: impl FnOnce(&mut QueryMerchantStatusRequest)) -> Checked {
    let mut request = QueryMerchantStatusRequest::new("m".into());
    request.app_id = Some("a".into());
    change(&mut request);
    request.validate()
}

fn withdrawal(change: impl FnOnce(&mut QueryWithdrawOrderRequest)) -> Checked {
    let (merchant, number) = ("m".into(), "w".into());
    let mut request = QueryWithdrawOrderRequest::new(merchant, ChannelType::Alipay, number);
    request.app_id = Some("a".into());
    change(&mut request);
    request.validate()
}
