//! A token in a file that the processes of one machine share.

use std::fmt;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use tokio::time::{Instant, sleep};

use super::super::transport::BoxFuture;
use super::store::{LockedStore, StoreError, StoredToken, TokenStore};

/// Keeps the token in a file that only its owner may read, for all processes that are given its path. Only one of them
/// at a time fetches a token; the others wait for it.
///
/// One file is for one app and one way to authenticate. Beside it lies another of the same name with `.lock` behind it.
#[derive(Debug, Clone)]
pub struct FileStore {
    path: PathBuf,
    patience: Duration,
}

impl FileStore {
    /// In the file of this path, whose folder is there. The file need not be.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into(), patience: Duration::from_secs(10) }
    }

    /// How long is waited for another process; 10 s if not set.
    #[must_use]
    pub fn patience(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }

    fn beside(&self, ending: &str) -> PathBuf {
        let mut path = self.path.clone().into_os_string();
        path.push(ending);
        path.into()
    }

    fn fault(&self, doing: &'static str) -> impl FnOnce(io::Error) -> StoreError + use<> {
        let path = self.path.clone();
        move |error| FileFault { path, doing, error }.into()
    }

    async fn wait(&self) -> Result<File, StoreError> {
        let lock = self.beside(".lock");
        let file = private().open(&lock).map_err(self.fault("lock"))?;
        let end = Instant::now() + self.patience;
        loop {
            match file.try_lock() {
                Ok(()) => return Ok(file),
                Err(TryLockError::Error(error)) => return Err(self.fault("lock")(error)),
                Err(TryLockError::WouldBlock) if Instant::now() < end => {
                    sleep(Duration::from_millis(20)).await;
                }
                Err(TryLockError::WouldBlock) => {
                    let error = io::Error::other(format!(
                        "another process has held it for {:?}",
                        self.patience
                    ));
                    return Err(self.fault("lock")(error));
                }
            }
        }
    }

    fn read(&self) -> Result<Option<StoredToken>, StoreError> {
        let text = match fs::read(&self.path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            text => text.map_err(self.fault("read"))?,
        };
        if text.is_empty() {
            return Ok(None);
        }
        // The words of the JSON reader could show a part of the token.
        serde_json::from_slice(&text).map(Some).map_err(|_| {
            let error = io::Error::other("it holds something else; delete it or name another file");
            self.fault("read")(error)
        })
    }

    /// Whoever reads finds the former token or this one, never a part of one.
    fn write(&self, token: &StoredToken) -> Result<(), StoreError> {
        let text = serde_json::to_vec(token)?;
        let new = self.beside(".new");
        write_whole(&new, &text)
            .and_then(|()| fs::rename(&new, &self.path))
            .map_err(self.fault("write"))
    }
}

impl TokenStore for FileStore {
    fn lock(&self) -> BoxFuture<'_, Result<Box<dyn LockedStore>, StoreError>> {
        Box::pin(async move {
            let lock = self.wait().await?;
            let locked = LockedFile { store: self.clone(), _lock: lock };
            Ok(Box::new(locked) as Box<dyn LockedStore>)
        })
    }
}

/// The lock is given back when its file is closed, also when the process dies.
struct LockedFile {
    store: FileStore,
    _lock: File,
}

// The file is small and local, so that reading it takes less than handing it to another thread.
impl LockedStore for LockedFile {
    fn load(&mut self) -> BoxFuture<'_, Result<Option<StoredToken>, StoreError>> {
        let token = self.store.read();
        Box::pin(async move { token })
    }

    fn save<'a>(&'a mut self, token: &'a StoredToken) -> BoxFuture<'a, Result<(), StoreError>> {
        let saved = self.store.write(token);
        Box::pin(async move { saved })
    }
}

fn write_whole(path: &Path, text: &[u8]) -> io::Result<()> {
    let mut file = private().truncate(true).open(path)?;
    file.write_all(text)?;
    file.sync_all()
}

/// For a file that only its owner may read.
fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

#[derive(Debug)]
struct FileFault {
    path: PathBuf,
    doing: &'static str,
    error: io::Error,
}

impl fmt::Display for FileFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot {} the token file {}: {}", self.doing, self.path.display(), self.error)
    }
}

impl std::error::Error for FileFault {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.error)
    }
}
