//! Tokens that several clients, or processes, share.

use std::fs;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use apiscribe::client::token::{FileStore, MemoryStore, TokenStore};
use apiscribe::{Client, Tokens};

use super::server::{Answer, Server, response};
use super::types::{Issue, Pay};

/// Issues a token that no other has.
fn platform() -> Server {
    let issued = AtomicUsize::new(0);
    Server::by(move |_, request| {
        if !request.starts_with("POST /token/") {
            return Answer::Close(response(200, r#"{"err_no":0,"data":{"amount":5,"items":[]}}"#));
        }
        std::thread::sleep(Duration::from_millis(50));
        let number = issued.fetch_add(1, Ordering::SeqCst);
        let data = format!(r#"{{"access_token":"clt.{number}","expires_in":7200}}"#);
        Answer::Close(response(200, &format!(r#"{{"err_no":0,"data":{data}}}"#)))
    })
}

fn client(server: &Server, store: impl TokenStore) -> Client {
    server.anonymous().tokens(Tokens::new(Issue::new()).store(store)).build().unwrap()
}

fn fetches(server: &Server) -> usize {
    server.requests().iter().filter(|request| request.starts_with("POST /token/")).count()
}

/// Eight clients at once, as eight processes are.
async fn pay_with_eight(server: &Server, store: impl TokenStore + Clone) {
    let calls = (0..8).map(|_| {
        let client = client(server, store.clone());
        tokio::spawn(
            async move { client.call(&Pay::new("p1")).await.map(|reply| reply.into_data()) },
        )
    });
    for call in calls.collect::<Vec<_>>() {
        call.await.unwrap().unwrap();
    }
}

#[tokio::test]
async fn clients_share_a_token_in_memory() {
    let server = platform();
    pay_with_eight(&server, MemoryStore::default()).await;
    assert_eq!(fetches(&server), 1);
}

#[tokio::test]
async fn processes_share_a_token_in_a_file() {
    let (server, folder) = (platform(), tempfile::tempdir().unwrap());
    let path = folder.path().join("token.json");
    pay_with_eight(&server, FileStore::new(&path)).await;
    assert_eq!(fetches(&server), 1);
    let kept = fs::read_to_string(&path).unwrap();
    assert!(kept.starts_with(r#"{"token":"clt.0","issued_at":"#), "{kept}");
    #[cfg(unix)]
    {
        let mode =
            std::os::unix::fs::PermissionsExt::mode(&fs::metadata(&path).unwrap().permissions());
        assert_eq!(mode & 0o777, 0o600, "nobody else may read it");
    }
}

async fn fault_of(store: &FileStore) -> String {
    store.lock().await.err().expect("a fault").to_string()
}

#[tokio::test]
async fn a_file_of_something_else_is_named_and_not_shown() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("notes.txt");
    fs::write(&path, "the password is hunter2").unwrap();
    let mut locked = FileStore::new(&path).lock().await.unwrap();
    let shown = locked.load().await.unwrap_err().to_string();
    let name = format!("cannot read the token file {}: it holds something else", path.display());
    assert!(shown.starts_with(&name) && !shown.contains("hunter2"), "{shown}");
    assert_eq!(locked.load().await.unwrap(), None);
}

#[tokio::test]
async fn a_folder_that_is_not_there_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("none/token.json");
    let shown = fault_of(&FileStore::new(&path)).await;
    assert!(shown.contains(&format!("cannot lock the token file {}", path.display())), "{shown}");
}

#[tokio::test]
async fn another_process_that_holds_it_for_ever_is_not_waited_for() {
    let folder = tempfile::tempdir().unwrap();
    let store = FileStore::new(folder.path().join("token.json"));
    let _held = store.lock().await.unwrap();
    let shown = fault_of(&store.patience(Duration::from_millis(50))).await;
    assert!(shown.contains("another process has held it for 50ms"), "{shown}");
}
