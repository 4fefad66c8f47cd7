//! Reads one entry of a zip archive that lies in memory: the wheel is one, and so is the file of arrays in it.

use std::io::Read;

use super::PackError;

const END_OF_ARCHIVE: &[u8] = b"PK\x05\x06";
const DIRECTORY_ENTRY: &[u8] = b"PK\x01\x02";
const DIRECTORY_HEADER: usize = 46;
const LOCAL_HEADER: usize = 30;

/// The content of the entry with this name; its checksum is verified.
pub(super) fn entry(archive: &[u8], name: &str) -> Result<Vec<u8>, PackError> {
    let found = find(archive, name).ok_or(PackError::Unexpected("an entry of the archive is missing"))?;
    read(archive, &found).ok_or(PackError::Unexpected("an entry of the archive cannot be read"))
}

struct Entry {
    deflated: bool,
    sum: u32,
    packed: usize,
    length: usize,
    header: usize,
}

fn find(archive: &[u8], name: &str) -> Option<Entry> {
    let end = archive
        .windows(END_OF_ARCHIVE.len())
        .rposition(|bytes| bytes == END_OF_ARCHIVE)?;
    let mut at = number(archive, end + 16, 4)?;
    while archive.get(at..at + 4)? == DIRECTORY_ENTRY {
        let lengths = [
            number(archive, at + 28, 2)?,
            number(archive, at + 30, 2)?,
            number(archive, at + 32, 2)?,
        ];
        if archive.get(at + DIRECTORY_HEADER..at + DIRECTORY_HEADER + lengths[0])? == name.as_bytes() {
            return Some(Entry {
                deflated: number(archive, at + 10, 2)? == 8,
                sum: u32::try_from(number(archive, at + 16, 4)?).ok()?,
                packed: number(archive, at + 20, 4)?,
                length: number(archive, at + 24, 4)?,
                header: number(archive, at + 42, 4)?,
            });
        }
        at += DIRECTORY_HEADER + lengths.iter().sum::<usize>();
    }
    None
}

fn read(archive: &[u8], entry: &Entry) -> Option<Vec<u8>> {
    let names = number(archive, entry.header + 26, 2)? + number(archive, entry.header + 28, 2)?;
    let start = entry.header + LOCAL_HEADER + names;
    let packed = archive.get(start..start + entry.packed)?;
    let mut content = Vec::with_capacity(entry.length);
    if entry.deflated {
        flate2::read::DeflateDecoder::new(packed)
            .read_to_end(&mut content)
            .ok()?;
    } else {
        content.extend_from_slice(packed);
    }
    (content.len() == entry.length && crc32fast::hash(&content) == entry.sum).then_some(content)
}

fn number(archive: &[u8], at: usize, length: usize) -> Option<usize> {
    let bytes = archive.get(at..at + length)?;
    Some(
        bytes
            .iter()
            .rev()
            .fold(0, |number, &byte| number << 8 | usize::from(byte)),
    )
}
