//! Folders of one play, taken away when it is over.

use std::{
    fs, io,
    path::Path,
    time::{Duration, Instant},
};

use tokio::time::sleep;

/// A browser that was told to quit still has children that write into its profile for a moment.
const CHILDREN_END_WITHIN: Duration = Duration::from_secs(10);

/// Takes `folder` away with all that is in it, waiting for whoever still writes there.
///
/// # Errors
///
/// What the system said last, when somebody wrote for longer than a browser takes to end.
pub async fn remove(folder: &Path) -> io::Result<()> {
    let begun = Instant::now();
    loop {
        match fs::remove_dir_all(folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(_) if begun.elapsed() < CHILDREN_END_WITHIN => {
                sleep(Duration::from_millis(50)).await;
            }
            ended => return ended,
        }
    }
}
