//! A type may hold itself by way of a list or map.

use std::collections::BTreeMap;

use apiscribe::{Endpoint, Validate, http, serde_json};

use super::api::demo::{Folder, FolderRequired, MoveRequest, MoveRequired};

fn tree() -> Folder {
    let leaf = Folder {
        links: Some(BTreeMap::from([("up".to_owned(), Folder::new(FolderRequired { name: "top".into() }))])),
        ..Folder::new(FolderRequired { name: "leaf".into() })
    };
    Folder { folders: Some(vec![Folder::new(FolderRequired { name: "a".into() }), leaf]), ..Folder::new(FolderRequired { name: "root".into() }) }
}

#[test]
fn it_is_checked_to_its_depth() {
    let mut tree = tree();
    assert!(MoveRequest::new(MoveRequired { folder: tree.clone() }).validate().is_ok());
    let leaf = &mut tree.folders.as_mut().unwrap()[1];
    leaf.links.as_mut().unwrap().get_mut("up").unwrap().name = "too long".to_owned();
    let violations = MoveRequest::new(MoveRequired { folder: tree }).validate().unwrap_err().to_string();
    assert_eq!(violations, "folder.folders[1].links[\"up\"].name: 8 bytes, at most 4 allowed");
}

#[test]
fn it_is_written_and_read() {
    let written = serde_json::to_string(&tree()).unwrap();
    let body = format!(r#"{{"code":0,"message":"","data":[{written}]}}"#).into_bytes();
    assert_eq!(MoveRequest::from_http(http::Response::new(body)).unwrap().into_data(), [tree()]);
}
