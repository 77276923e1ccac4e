//! Token files that somebody else has touched.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::{FileTypeExt, PermissionsExt, symlink};
use std::os::unix::net::UnixListener;
use std::path::Path;
use std::process::Command;

use apiscribe::Tokens;
use apiscribe::client::token::{FileStore, TokenStore};

use super::platform::{Platform, expired, refreshing};
use super::types::{Issue, Pay};

/// Pays with a token that is kept at the path, and returns the names of the files in its folder.
async fn pay(path: &Path) -> Vec<String> {
    let platform = Platform::start();
    let tokens = Tokens::new(Issue::new()).store(FileStore::new(path));
    let client = platform.builder(tokens).build().unwrap();
    client.call(&Pay::new("p1")).await.unwrap();
    client.flush_tokens().await;
    assert_eq!(platform.tokens(), ["clt.1"], "fetched, not read");
    names(path.parent().unwrap())
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

fn mode(path: &Path) -> u32 {
    fs::symlink_metadata(path).unwrap().permissions().mode() & 0o777
}

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

#[tokio::test]
async fn a_file_that_holds_something_else_is_kept_beside_and_replaced() {
    for content in
        [&[0; 64][..], br#"{"token":"cl"#, b"the password is hunter2", br#"{"version":2}"#]
    {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("token.json");
        fs::write(&path, content).unwrap();
        let expected = ["token.json", "token.json.lock", "token.json.unreadable"];
        assert_eq!(pay(&path).await, expected);
        assert!(fs::read_to_string(&path).unwrap().contains("clt.1"));
        let aside = folder.path().join("token.json.unreadable");
        assert_eq!(fs::read(&aside).unwrap(), content);
        assert_eq!((mode(&path), mode(&aside)), (0o600, 0o600));

        fs::write(&path, "another").unwrap();
        assert_eq!(pay(&path).await, expected);
        assert_eq!(fs::read(&aside).unwrap(), content, "the first is what somebody may miss");
    }
}

#[tokio::test]
async fn an_empty_file_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("token.json");
    fs::write(&path, "").unwrap();
    set_mode(&path, 0o666);
    assert_eq!(pay(&path).await, ["token.json", "token.json.lock"]);
    assert_eq!(mode(&path), 0o600);
}

#[tokio::test]
async fn a_file_that_others_may_read_is_closed_to_them() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("token.json");
    pay(&path).await;
    set_mode(&path, 0o666);
    let platform = Platform::start();
    let tokens = Tokens::new(Issue::new()).store(FileStore::new(&path));
    let client = platform.builder(tokens).build().unwrap();
    client.call(&Pay::new("p1")).await.unwrap();
    assert_eq!((platform.tokens().len(), platform.fetches().len()), (1, 0), "read, not fetched");
    assert_eq!(mode(&path), 0o600);
}

#[tokio::test]
async fn a_link_is_neither_followed_nor_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let others = tempfile::tempdir().unwrap();
    let victim = others.path().join("victim");
    fs::write(&victim, "untouched").unwrap();
    for target in [&victim, &others.path().join("none")] {
        let path = folder.path().join("token.json");
        symlink(target, &path).unwrap();
        symlink(target, folder.path().join("token.json.new")).unwrap();
        assert_eq!(pay(&path).await, ["token.json", "token.json.new"], "no lock beside it");
        assert_eq!(fs::read_link(&path).unwrap(), *target);
        fs::remove_file(&path).unwrap();
        fs::remove_file(folder.path().join("token.json.new")).unwrap();
    }
    assert_eq!(fs::read_to_string(&victim).unwrap(), "untouched");
    assert_eq!(names(others.path()), ["victim"]);
}

/// The path was free when the token was read.
#[tokio::test]
async fn what_has_come_since_the_token_was_read_is_not_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("token.json");
    let store = FileStore::new(&path);
    for plant in [
        |path: &Path| symlink("elsewhere", path).unwrap(),
        |path: &Path| assert!(Command::new("mkfifo").arg(path).status().unwrap().success()),
        |path: &Path| drop(UnixListener::bind(path).unwrap()),
    ] {
        let mut locked = store.lock().await.unwrap();
        assert!(locked.load().await.unwrap().is_none());
        plant(&path);
        let kind = fs::symlink_metadata(&path).unwrap().file_type();
        let error = locked.save(&expired()).await.unwrap_err().to_string();
        assert!(error.starts_with("cannot write the token file "), "{error}");
        assert!(
            error.ends_with(": it is a symbolic link")
                || error.ends_with(": it is not a regular file"),
            "{error}"
        );
        assert_eq!(fs::symlink_metadata(&path).unwrap().file_type(), kind);
        assert_eq!(names(folder.path()), ["token.json", "token.json.lock"]);
        fs::remove_file(&path).unwrap();
    }
}

#[tokio::test]
async fn a_lock_that_is_a_link_is_not_followed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("token.json");
    let others = tempfile::tempdir().unwrap();
    symlink(others.path().join("victim"), folder.path().join("token.json.lock")).unwrap();
    assert_eq!(pay(&path).await, ["token.json.lock"], "used without the file");
    assert_eq!(names(others.path()), Vec::<String>::new());
}

#[tokio::test]
async fn what_is_no_file_is_neither_waited_for_nor_fatal() {
    let folder = tempfile::tempdir().unwrap();
    let pipe = folder.path().join("pipe");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    assert_eq!(pay(&pipe).await, ["pipe"]);
    assert!(fs::symlink_metadata(&pipe).unwrap().file_type().is_fifo(), "it is not replaced");
    fs::remove_file(&pipe).unwrap();
    assert!(
        Command::new("mkfifo").arg(folder.path().join("pipe.lock")).status().unwrap().success()
    );
    assert_eq!(pay(&pipe).await, ["pipe.lock"], "used without the file");
    fs::remove_file(folder.path().join("pipe.lock")).unwrap();

    let directory = folder.path().join("directory");
    fs::create_dir(&directory).unwrap();
    assert_eq!(pay(&directory).await, ["directory"]);
    assert!(directory.is_dir());
}

#[tokio::test]
async fn a_folder_that_is_not_there_costs_no_call() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("none/token.json");
    let platform = Platform::start();
    let tokens = refreshing(expired()).store(FileStore::new(&path));
    let client = platform.builder(tokens).build().unwrap();
    for _ in 0..3 {
        client.call(&Pay::new("p1")).await.unwrap();
    }
    assert_eq!(platform.fetches().len(), 1);
}

#[tokio::test]
async fn nothing_but_the_token_and_the_lock_is_left() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("token.json");
    // What an earlier version left when it was killed.
    fs::write(folder.path().join("token.json.new"), r#"{"token":"cl"#).unwrap();
    assert_eq!(pay(&path).await, ["token.json", "token.json.lock", "token.json.new"]);
    assert_eq!((mode(&path), mode(&folder.path().join("token.json.lock"))), (0o600, 0o600));
}
