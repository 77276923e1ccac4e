//! GitHub: a bearer token, versioned media types, lists without an envelope, `PATCH` that clears, 204, errors by status.

use std::time::Duration;

use apiscribe::client::RetryPolicy;
use apiscribe::error::{DecodeFault, PageError, PagingFault, Retry};
use apiscribe::{Client, Endpoint, Error, Validate};
use serde_json::Value;

use super::api::issues::{
    CreateIssueError, CreateIssueRequest, CreateIssueRequired, Direction, ErrorDetails, GetIssueError, GetIssueRequest, GetIssueRequired,
    ListIssuesError, ListIssuesRequest, ListIssuesRequired, LockIssueRequest, LockIssueRequired, LockReason, Sort, State, StateFilter,
    StateReason, UnlockIssueRequest, UnlockIssueRequired, UpdateIssueError, UpdateIssueRequest, UpdateIssueRequired,
};
use super::api::platform::API;
use crate::client::server::{Answer, Server, response, response_with};

const OWNER: &str = "octocat";
const REPO: &str = "Hello-World";

const ISSUE: &str = include_str!("responses/issue.json");
const CLEARED: &str = include_str!("responses/cleared.json");
const PAGE_1: &str = include_str!("responses/page_1.json");
const PAGE_2: &str = include_str!("responses/page_2.json");
const BAD_CREDENTIALS: &str = include_str!("responses/bad_credentials.json");
const NOT_FOUND: &str = include_str!("responses/not_found.json");
const VALIDATION_FAILED: &str = include_str!("responses/validation_failed.json");
const GONE: &str = include_str!("responses/gone.json");
const MOVED: &str = include_str!("responses/moved.json");
const RATE_LIMITED: &str = include_str!("responses/rate_limited.json");

fn client(server: &Server) -> Client {
    let retries = RetryPolicy::new().pauses(Duration::from_millis(1), Duration::from_millis(1));
    let client = Client::builder().access_token("github_pat_1").retry(retries);
    client.base_url(&API, &server.url).build().unwrap()
}

fn get() -> GetIssueRequest {
    GetIssueRequest::new(GetIssueRequired { owner: OWNER.into(), repo: REPO.into(), issue_number: 1347 })
}

fn create() -> CreateIssueRequest {
    CreateIssueRequest::new(CreateIssueRequired { owner: OWNER.into(), repo: REPO.into(), title: "Found a bug".into() })
}

fn update() -> UpdateIssueRequest {
    UpdateIssueRequest::new(UpdateIssueRequired { owner: OWNER.into(), repo: REPO.into(), issue_number: 1348 })
}

#[tokio::test]
async fn an_issue_is_asked_for_by_version_and_token_and_read_whole() {
    let server = Server::json(200, ISSUE);
    let reply = client(&server).call(&get()).await.unwrap();
    let (line, headers, body) = server.only_request();
    assert_eq!(line, "GET /repos/octocat/Hello-World/issues/1347 HTTP/1.1");
    for header in [
        "authorization: Bearer github_pat_1",
        "accept: application/vnd.github+json",
        "x-github-api-version: 2022-11-28",
    ] {
        assert!(headers.iter().any(|line| line == header), "{headers:?}");
    }
    // GitHub refuses requests without one.
    assert!(headers.iter().any(|line| line.starts_with("user-agent: ")), "{headers:?}");
    assert_eq!(body, "");

    assert_eq!(reply.unread(), [] as [&str; 0]);
    assert_eq!((reply.number, &reply.state), (1347, &State::Open));
    assert_eq!(reply.state_reason, Some(Some(StateReason::Completed)));
    let labels = reply.labels.iter();
    assert_eq!(labels.map(|label| label.name.as_deref().unwrap()).collect::<Vec<_>>(), ["bug"]);
    let milestone = reply.milestone.as_ref().unwrap();
    assert_eq!((milestone.number, milestone.title.as_deref()), (Some(1), Some("v1.0")));
    let reactions = reply.reactions.as_ref().unwrap();
    assert_eq!((reactions.thumbs_up, reactions.thumbs_down), (Some(2), Some(1)));
    assert!(reply.pull_request.is_some());
    assert_eq!(reply.closed_at, None);
    assert_eq!(
        reply.created_at.as_ref().map(ToString::to_string).as_deref(),
        Some("2011-04-22T13:33:48Z")
    );
}

#[tokio::test]
async fn a_list_is_the_whole_body_and_labels_are_parted_by_commas() {
    let server = Server::json(200, PAGE_1);
    let request = ListIssuesRequest {
        labels: Some(vec!["bug".to_owned(), "help wanted".to_owned()]),
        assignee: Some("*".to_owned()),
        state: Some(StateFilter::All),
        sort: Some(Sort::Updated),
        direction: Some(Direction::Ascending),
        since: Some(serde_json::from_str(SINCE).unwrap()),
        per_page: Some(2),
        ..ListIssuesRequest::new(ListIssuesRequired { owner: OWNER.into(), repo: REPO.into() })
    };
    let reply = client(&server).call(&request).await.unwrap();
    let (line, ..) = server.only_request();
    let query = "state=all&assignee=%2A&labels=bug,help%20wanted&sort=updated&direction=asc\
                 &since=2011-04-22T13%3A33%3A48Z&per_page=2";
    assert_eq!(line, format!("GET /repos/octocat/Hello-World/issues?{query} HTTP/1.1"));
    assert_eq!(reply.iter().map(|issue| issue.number).collect::<Vec<_>>(), [1347, 1348]);
    assert_eq!(reply.unread(), [] as [&str; 0]);

    let too_many = ListIssuesRequest { per_page: Some(101), ..request };
    let violations = too_many.validate().unwrap_err();
    assert_eq!(violations.iter().next().unwrap().path.to_string(), "per_page");
}

const SINCE: &str = r#""2011-04-22T13:33:48Z""#;

/// Has two pages, of which the second is where GitHub puts it: at an address of the repository's number.
fn paged() -> Server {
    Server::by(|_, request| {
        if request.starts_with("GET /repositories/1296269/issues?per_page=2&page=2 ") {
            return Answer::Close(response_with(
                200,
                &link("http://elsewhere.example", "first"),
                PAGE_2,
            ));
        }
        let host = request.lines().find_map(|line| line.strip_prefix("host: ")).unwrap();
        Answer::Close(response_with(200, &link(&format!("http://{host}"), "next"), PAGE_1))
    })
}

fn link(server: &str, relation: &str) -> String {
    let issues = format!("{server}/repositories/1296269/issues?per_page=2&page");
    format!("link: <{issues}=9>; rel=\"last\", <{issues}=2>; rel=\"{relation}\"\r\n")
}

#[tokio::test]
async fn the_next_page_is_where_the_header_link_says() {
    let server = paged();
    let request = ListIssuesRequest { per_page: Some(2), ..ListIssuesRequest::new(ListIssuesRequired { owner: OWNER.into(), repo: REPO.into() }) };
    let mut issues = client(&server).pages(&request).items();
    let mut numbers = Vec::new();
    while let Some(issue) = issues.next().await {
        numbers.push(issue.unwrap().number);
    }
    assert_eq!(numbers, [1347, 1348, 1349]);
    let requests = server.requests();
    assert_eq!(requests.len(), 2);
    let with_token = |request: &String| request.contains("authorization: Bearer github_pat_1\r\n");
    assert!(requests.iter().all(with_token), "{requests:?}");
}

#[tokio::test]
async fn a_token_does_not_go_to_a_page_of_another_server() {
    let elsewhere = Server::json(200, PAGE_2);
    let page = response_with(200, &link(&elsewhere.url, "next"), PAGE_1);
    let server = Server::start(Answer::Close(page));
    let mut pages = client(&server).pages(&ListIssuesRequest::new(ListIssuesRequired { owner: OWNER.into(), repo: REPO.into() }));
    let error = pages.next().await.unwrap().unwrap_err();
    assert!(
        matches!(&error, PageError::Paging(error) if error.fault == PagingFault::Elsewhere),
        "{error}"
    );
    assert_eq!((server.requests().len(), elsewhere.requests().len()), (1, 0));
}

#[tokio::test]
async fn an_issue_is_created() {
    let server = Server::json(201, ISSUE);
    let request = CreateIssueRequest {
        body: Some("I'm having a problem with this.".to_owned()),
        milestone: Some(Some(1)),
        labels: Some(vec!["bug".to_owned()]),
        assignees: Some(vec![OWNER.to_owned()]),
        ..create()
    };
    let reply = client(&server).call(&request).await.unwrap();
    let (line, headers, body) = server.only_request();
    assert_eq!(line, "POST /repos/octocat/Hello-World/issues HTTP/1.1");
    assert!(headers.iter().any(|line| line == "content-type: application/json"), "{headers:?}");
    assert_eq!(
        body,
        r#"{"title":"Found a bug","body":"I'm having a problem with this.","milestone":1,"labels":["bug"],"assignees":["octocat"]}"#
    );
    assert_eq!((reply.http_status().as_u16(), reply.number), (201, 1347));
}

#[tokio::test]
async fn a_patch_keeps_what_is_absent_and_clears_what_is_null() {
    let server = Server::json(200, CLEARED);
    let request = UpdateIssueRequest {
        milestone: Some(None),
        body: Some(None),
        assignees: Some(vec![]),
        state: Some(State::Open),
        ..update()
    };
    let reply = client(&server).call(&request).await.unwrap();
    let (line, _, body) = server.only_request();
    assert_eq!(line, "PATCH /repos/octocat/Hello-World/issues/1348 HTTP/1.1");
    assert_eq!(body, r#"{"body":null,"state":"open","milestone":null,"assignees":[]}"#);
    let issue = reply.data();
    assert_eq!((&issue.milestone, &issue.body, &issue.type_), (&None, &Some(None), &Some(None)));
    assert_eq!(issue.assignees, Some(vec![]));
}

#[tokio::test]
async fn a_conversation_is_locked_and_unlocked_and_nothing_comes_back() {
    let server = Server::start(Answer::Close(response(204, "")));
    let request = LockIssueRequest {
        lock_reason: Some(LockReason::TooHeated),
        ..LockIssueRequest::new(LockIssueRequired { owner: OWNER.into(), repo: REPO.into(), issue_number: 1347 })
    };
    let reply = client(&server).call(&request).await.unwrap();
    assert_eq!((reply.http_status().as_u16(), reply.into_data()), (204, ()));
    let (line, _, body) = server.only_request();
    assert_eq!(line, "PUT /repos/octocat/Hello-World/issues/1347/lock HTTP/1.1");
    assert_eq!(body, r#"{"lock_reason":"too heated"}"#);

    let server = Server::start(Answer::Close(response(204, "")));
    client(&server).call(&UnlockIssueRequest::new(UnlockIssueRequired { owner: OWNER.into(), repo: REPO.into(), issue_number: 1347 })).await.unwrap();
    let (line, headers, body) = server.only_request();
    assert_eq!(line, "DELETE /repos/octocat/Hello-World/issues/1347/lock HTTP/1.1");
    assert!(!headers.iter().any(|line| line.starts_with("content-type")), "{headers:?}");
    assert_eq!(body, "");
}

#[tokio::test]
async fn a_reason_that_github_does_not_take_is_not_sent() {
    let server = Server::start(Answer::Close(response(204, "")));
    let request = LockIssueRequest {
        lock_reason: Some(LockReason::Unknown("boring".to_owned())),
        ..LockIssueRequest::new(LockIssueRequired { owner: OWNER.into(), repo: REPO.into(), issue_number: 1347 })
    };
    let error = client(&server).call(&request).await.unwrap_err();
    assert!(matches!(error, Error::Invalid(_)), "{error}");
    assert_eq!(server.requests().len(), 0);
}

#[tokio::test]
async fn the_status_says_which_error_it_is() {
    let refused = async |status, body| {
        let server = Server::json(status, body);
        client(&server).call(&get()).await.unwrap_err()
    };
    let error = refused(404, NOT_FOUND).await;
    let api = error.api().unwrap();
    assert_eq!((&api.code, api.message.as_str()), (&GetIssueError::NotFound, "Not Found"));
    assert_eq!(api.retry(), Some(Retry::Changed));
    let body: Value = serde_json::from_slice(&api.body).unwrap();
    assert_eq!(
        body["documentation_url"],
        "https://docs.github.com/rest/issues/issues#get-an-issue"
    );

    for (status, body, code) in [
        (304, "", GetIssueError::NotModified),
        (401, BAD_CREDENTIALS, GetIssueError::Unauthorized),
        (403, RATE_LIMITED, GetIssueError::Forbidden),
        (410, GONE, GetIssueError::Gone),
    ] {
        assert_eq!(refused(status, body).await.api().unwrap().code, code);
    }
}

#[tokio::test]
async fn what_an_invalid_issue_lacks_is_in_the_details_of_the_error() {
    let head = "x-github-request-id: C0DE:1\r\n";
    let server = Server::start(Answer::Close(response_with(422, head, VALIDATION_FAILED)));
    let error = client(&server).call(&create()).await.unwrap_err();
    let api = error.api().unwrap();
    assert_eq!(api.code, CreateIssueError::ValidationFailed);
    let details: ErrorDetails = api.details().unwrap();
    let page = "https://docs.github.com/rest/issues/issues#create-an-issue";
    assert_eq!(details.documentation_url.as_deref(), Some(page));
    let errors = details.errors.unwrap();
    let [problem] = &errors[..] else { panic!("{errors:?}") };
    assert_eq!((problem.field.as_deref(), problem.code.as_deref()), (Some("milestone"), Some("custom")));
    assert_eq!(error.log_id(), Some("C0DE:1"));
    assert!(!error.may_have_taken_effect());
}

#[tokio::test]
async fn a_token_does_not_follow_a_redirect() {
    let elsewhere = Server::json(200, ISSUE);
    let location = format!("location: {}/repositories/1296269/issues/1347\r\n", elsewhere.url);
    let moved = response_with(301, &location, MOVED);
    let server = Server::start(Answer::Close(moved));
    let error = client(&server).call(&get()).await.unwrap_err();
    let Error::Decode(error) = error else { panic!("{error}") };
    let target = format!("{}/repositories/1296269/issues/1347", elsewhere.url);
    assert!(matches!(&error.fault, DecodeFault::Redirect { to } if *to == target), "{error}");
    assert_eq!((server.requests().len(), elsewhere.requests().len()), (1, 0));
}

#[tokio::test]
async fn only_what_may_be_sent_twice_is() {
    let unavailable = || Server::json(503, r#"{"message":"Service Unavailable"}"#);
    let server = unavailable();
    let error = client(&server).call(&create()).await.unwrap_err();
    assert_eq!(error.api().unwrap().code, CreateIssueError::ServiceUnavailable);
    assert_eq!((server.requests().len(), error.may_have_taken_effect()), (1, true));

    let server = unavailable();
    let error = client(&server).call(&update()).await.unwrap_err();
    assert_eq!(error.api().unwrap().code, UpdateIssueError::ServiceUnavailable);
    assert_eq!(server.requests().len(), 1);

    // A list changes nothing, and no document says that it never fails so.
    let server = unavailable();
    let request = ListIssuesRequest::new(ListIssuesRequired { owner: OWNER.into(), repo: REPO.into() });
    let error = client(&server).call(&request).await.unwrap_err();
    assert_eq!(error.api().unwrap().code, ListIssuesError::Unknown(503));
    assert_eq!(server.requests().len(), 3);
}

#[tokio::test]
async fn the_rate_limit_is_waited_for() {
    let busy = response_with(429, "retry-after: 0\r\n", RATE_LIMITED);
    let found = response(200, ISSUE);
    let server = Server::series(&[Answer::Close(busy), Answer::Close(found)]);
    assert_eq!(client(&server).call(&get()).await.unwrap().number, 1347);
    assert_eq!(server.requests().len(), 2);
}

#[test]
fn a_token_is_in_no_debug() {
    let token = apiscribe::Secret::from("github_pat_1");
    let request = get().to_http("https://api.github.com", Some(&token)).unwrap();
    assert!(!format!("{request:?}").contains("github_pat_1"));
}
