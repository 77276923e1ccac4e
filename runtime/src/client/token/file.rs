//! A token in a file that the processes of one machine share.

use std::fmt;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::hash::{BuildHasher, RandomState};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use tokio::time::{Instant, sleep};

use super::super::deadline::Deadline;
use super::super::transport::BoxFuture;
use super::store::{LockedStore, StoreError, StoredToken, TokenStore};

/// A token is shorter, in bytes.
const LONGEST: u64 = 1 << 20;

/// Keeps the token in a file that only its owner may read, for all processes that are given its path. Only one of them
/// at a time fetches a token; the others wait for it.
///
/// One file is for one app and one way to authenticate. Beside it lies another of the same name with `.lock` behind it.
///
/// Each must be absent or a regular file: symbolic links, directories, pipes and devices are neither followed nor replaced, and
/// the token then stays in memory. An existing file that others may read is closed to them. A file that holds no token is
/// renamed to the same name with `.unreadable` appended, or overwritten if there is such a file already.
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

    /// How long to wait for another process; 10 s if not set, and without limit with `Duration::MAX`. It should be less than a
    /// call may take. After that, a process whose token has expired fetches one anyway and saves it later.
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
        let file = self.open_lock().map_err(self.fault("lock"))?;
        let end = Deadline::after(self.patience);
        loop {
            match file.try_lock() {
                Ok(()) => return Ok(file),
                Err(TryLockError::Error(error)) => return Err(self.fault("lock")(error)),
                Err(TryLockError::WouldBlock) if !end.is_over(Instant::now()) => {
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

    /// Creates no lock beside what is not a token file.
    fn open_lock(&self) -> io::Result<File> {
        absent_or_regular(&self.path)?;
        let lock = self.beside(".lock");
        absent_or_regular(&lock).map_err(|error| about("its lock", &error))?;
        let file = private().write(true).create(true).open(lock)?;
        regular(file).map_err(|error| about("its lock", &error))
    }

    fn read(&self) -> Result<Option<StoredToken>, StoreError> {
        let text = match read_private(&self.path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            text => text.map_err(self.fault("read"))?,
        };
        if text.is_empty() {
            return Ok(None);
        }
        // The words of the JSON reader could show a part of the token.
        serde_json::from_slice(&text).map(Some).map_err(|_| self.set_aside())
    }

    /// Moves a file that holds something else out of the way. The first such file is kept, as somebody may miss it.
    fn set_aside(&self) -> StoreError {
        let aside = self.beside(".unreadable");
        let is_free = fs::symlink_metadata(&aside).is_err();
        let is_moved = is_free && fs::rename(&self.path, &aside).is_ok();
        let error = match is_moved {
            true => format!("it holds something else, and is now {}", aside.display()),
            false => "it holds something else, and will be overwritten".to_owned(),
        };
        self.fault("read")(io::Error::other(error))
    }

    /// Whoever reads finds the former token or this one, never a part of one.
    fn write(&self, token: &StoredToken) -> Result<(), StoreError> {
        let text = serde_json::to_vec(token)?;
        self.replace(&text).map_err(self.fault("write"))
    }

    fn replace(&self, text: &[u8]) -> io::Result<()> {
        let (mut file, new) = self.create()?;
        let written = file.write_all(text).and_then(|()| file.sync_all());
        drop(file);
        // A rename never writes through a link, but it would replace one that has come since the token was read.
        let checked = written.and_then(|()| absent_or_regular(&self.path));
        let renamed = checked.and_then(|()| fs::rename(&new, &self.path));
        if renamed.is_err() {
            let _ = fs::remove_file(&new);
        }
        renamed.inspect(|()| sync_folder(&self.path))
    }

    /// A new file with an unpredictable name, so that nobody can have put a link there.
    fn create(&self) -> io::Result<(File, PathBuf)> {
        loop {
            let random = RandomState::new().hash_one(());
            let path = self.beside(&format!(".{random:016x}"));
            match private().write(true).create_new(true).open(&path) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                file => return Ok((file?, path)),
            }
        }
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

fn read_private(path: &Path) -> io::Result<Vec<u8>> {
    let file = regular(private().read(true).open(path)?)?;
    close_to_others(&file)?;
    let mut text = Vec::new();
    file.take(LONGEST).read_to_end(&mut text)?;
    Ok(text)
}

/// Options to open a file that only its owner may read, without following a link or waiting for a pipe.
fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600).custom_flags(libc::O_NOFOLLOW | libc::O_NONBLOCK);
    }
    options
}

fn regular(file: File) -> io::Result<File> {
    match file.metadata()?.is_file() {
        true => Ok(file),
        false => Err(not_regular()),
    }
}

/// Whether a file may be put there.
fn absent_or_regular(path: &Path) -> io::Result<()> {
    match fs::symlink_metadata(path) {
        Ok(found) if found.is_file() => Ok(()),
        Ok(found) if found.is_symlink() => Err(io::Error::other("it is a symbolic link")),
        Ok(_) => Err(not_regular()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error),
    }
}

fn not_regular() -> io::Error {
    io::Error::other("it is not a regular file")
}

fn about(what: &str, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{what}: {error}"))
}

/// Only the owner of a file can do so, so this also refuses a token that another user has planted.
#[cfg(unix)]
fn close_to_others(file: &File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;

    let mut permissions = file.metadata()?.permissions();
    if permissions.mode() & 0o077 == 0 {
        return Ok(());
    }
    permissions.set_mode(0o600);
    file.set_permissions(permissions)
}

/// A Windows user's folder is closed to other users.
#[cfg(not(unix))]
fn close_to_others(_: &File) -> io::Result<()> {
    Ok(())
}

/// Makes the rename survive a power failure, where the system can sync folders.
fn sync_folder(path: &Path) {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    if let Ok(folder) = File::open(folder.unwrap_or(Path::new("."))) {
        let _ = folder.sync_all();
    }
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
