//! Taking a path for a listening socket, and giving it back.
//!
//! `bind` makes the file and fails if there is one, so a file that a dead server left has to be removed first. "Nobody
//! has it open" and "remove it" cannot be one step, and two servers that start at the same moment would remove each
//! other's fresh socket; even `bind` itself shows the file for an instant before the socket answers for it. So there
//! is an advisory lock on the *folder*, which leaves no file behind and which the system drops with its holder: shared
//! while one binds, exclusive from the question until the new socket is bound. Without the lock nothing is removed.

use std::fs::{self, File, Metadata, TryLockError};
use std::io;
use std::os::unix::fs::{FileTypeExt, MetadataExt};
use std::os::unix::net::UnixDatagram;
use std::path::{Path, PathBuf};
use std::time::Duration;

use tokio::net::{UnixListener, UnixSocket};
use tokio::time::{Instant, sleep};

/// Others hold the lock for well under a millisecond.
const LOCK_PAUSE: Duration = Duration::from_millis(1);
const LOCK_PATIENCE: Duration = Duration::from_secs(5);

/// Connections that wait to be accepted. The system may allow fewer (`net.core.somaxconn`).
pub(super) const BACKLOG: u32 = 1024;

/// A socket's file, removed on drop if it is still the one that was made.
///
/// Drop it *before* the socket: while that listens, nobody takes the file for a dead one and replaces it. And while
/// that is open the system keeps its inode, so that no other file can have the same number.
pub(super) struct Claim {
    path: PathBuf,
    device: u64,
    inode: u64,
}

impl Drop for Claim {
    fn drop(&mut self) {
        let ours = |found: Metadata| found.dev() == self.device && found.ino() == self.inode;
        if fs::symlink_metadata(&self.path).is_ok_and(ours) {
            // Nobody is there to be told; a file that stays is replaced by the next listener.
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// Listens on `path`, in the place of a dead server's file if there is one.
pub(super) async fn claim(path: &Path) -> io::Result<(Claim, UnixListener)> {
    let folder = path.parent().unwrap_or(Path::new("/"));
    let listening = {
        // A folder that cannot be locked is no reason not to listen in it.
        let _lock = lock(folder, File::try_lock_shared).await;
        bind(path)
    };
    let listening = match listening {
        Err(error) if error.kind() == io::ErrorKind::AddrInUse => replace_dead(path, folder).await?,
        other => other?,
    };
    let made = fs::symlink_metadata(path)?;
    Ok((Claim { path: path.to_owned(), device: made.dev(), inode: made.ino() }, listening))
}

async fn replace_dead(path: &Path, folder: &Path) -> io::Result<UnixListener> {
    // A live server is told at once, without waiting for the lock.
    refuse_unless_dead(path)?;
    let _lock = lock(folder, File::try_lock).await.map_err(|why| {
        let what =
            format!("a dead server's file is in the way and cannot be replaced, because {why}: remove it");
        io::Error::new(io::ErrorKind::AddrInUse, what)
    })?;
    refuse_unless_dead(path)?;
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => bind(path),
    }
}

fn bind(path: &Path) -> io::Result<UnixListener> {
    let socket = UnixSocket::new_stream()?;
    socket.bind(path)?;
    socket.listen(BACKLOG)
}

/// Passes if `path` is a socket that no process has open, or is gone.
fn refuse_unless_dead(path: &Path) -> io::Result<()> {
    match fs::symlink_metadata(path) {
        Ok(found) if found.file_type().is_socket() => {}
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        _ => {
            let what = "something that is not a socket has this path, and is left alone: take another path";
            return Err(io::Error::new(io::ErrorKind::AlreadyExists, what));
        }
    }
    // A datagram socket asks without ringing: the system refuses to join it to a live stream socket for being of
    // another type, so that the server there never sees a connection, and only a dead file is "refused".
    match UnixDatagram::unbound()?.connect(path) {
        Err(error) if error.kind() == io::ErrorKind::ConnectionRefused => Ok(()),
        // Alive, or not ours to ask: whatever it is, it is not known to be dead.
        _ => Err(io::Error::new(io::ErrorKind::AddrInUse, "another server listens there: take another path")),
    }
}

/// The lock on `folder`, which goes with the file that is returned; else why there is none.
async fn lock(folder: &Path, how: fn(&File) -> Result<(), TryLockError>) -> Result<File, String> {
    let cannot = |error: io::Error| format!("its folder cannot be locked ({error})");
    let file = File::open(folder).map_err(cannot)?;
    let give_up = Instant::now() + LOCK_PATIENCE;
    loop {
        match how(&file) {
            Ok(()) => return Ok(file),
            Err(TryLockError::WouldBlock) if Instant::now() < give_up => sleep(LOCK_PAUSE).await,
            Err(TryLockError::WouldBlock) => return Err("another process keeps its folder locked".to_owned()),
            Err(TryLockError::Error(error)) => return Err(cannot(error)),
        }
    }
}
