//! Files that somebody else may have named, read with a bound: a pipe would never end, a device has no size.

use std::fs::File;
use std::io::{Error, ErrorKind, Read as _, Result};
use std::path::Path;

/// What is in a file, also behind a link.
///
/// # Errors
/// [`ErrorKind::InvalidInput`] where it is no regular file, [`ErrorKind::FileTooLarge`] where more than `most` bytes are
/// in it, and what the system says otherwise.
pub fn read_bounded(path: &Path, most: u64) -> Result<Vec<u8>> {
    // Looked at before it is opened: the opening of a pipe waits for somebody to write.
    let found = std::fs::metadata(path)?;
    if !found.is_file() {
        let what = if found.is_dir() {
            "it is a folder"
        } else {
            "it is no file whose end is known"
        };
        return Err(Error::new(ErrorKind::InvalidInput, what));
    }
    let too_large = |bytes: u64| {
        let words = format!("it has {bytes} bytes or more, and {most} are read at most");
        Error::new(ErrorKind::FileTooLarge, words)
    };
    if found.len() > most {
        return Err(too_large(found.len()));
    }
    let mut bytes = Vec::new();
    // One more than may be: a file can grow while it is read.
    let read = File::open(path)?
        .take(most.saturating_add(1))
        .read_to_end(&mut bytes)? as u64;
    if read > most {
        return Err(too_large(read));
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use std::io::ErrorKind;

    use super::read_bounded;

    #[test]
    fn a_file_is_read_up_to_its_bound_and_not_beyond() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        std::fs::write(&path, "12345678").unwrap();
        assert_eq!(read_bounded(&path, 8).unwrap(), b"12345678");
        let error = read_bounded(&path, 7).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::FileTooLarge);
        assert!(error.to_string().contains("7 are read at most"), "{error}");
    }

    #[test]
    fn a_folder_is_refused_in_words() {
        let folder = tempfile::tempdir().unwrap();
        let error = read_bounded(folder.path(), 8).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidInput);
        assert_eq!(error.to_string(), "it is a folder");
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_device_without_end_is_refused_also_behind_a_link() {
        let folder = tempfile::tempdir().unwrap();
        let link = folder.path().join("link");
        std::os::unix::fs::symlink("/dev/zero", &link).unwrap();
        let error = read_bounded(&link, 8).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidInput);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_file_that_says_that_it_is_empty_is_bounded_all_the_same() {
        // What the kernel makes up has no size until it is read.
        let error = read_bounded(std::path::Path::new("/proc/self/status"), 8).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::FileTooLarge);
    }
}
