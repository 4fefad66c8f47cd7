//! The pieces and the character map, out of the package's SentencePiece model (a protocol buffer).

use std::collections::BTreeMap;

use super::PackError;

const UNEXPECTED: PackError = PackError::Unexpected("the file of pieces cannot be read");

/// Writes the character map, then the vocabulary sorted by its bytes.
pub(super) fn write(model: &[u8], packed: &mut Vec<u8>) -> Result<(), PackError> {
    let fields = fields(model).ok_or(UNEXPECTED)?;
    write_character_map(&fields, packed).ok_or(UNEXPECTED)?;
    write_vocabulary(&fields, packed).ok_or(UNEXPECTED)
}

fn write_character_map(fields: &[Field<'_>], packed: &mut Vec<u8>) -> Option<()> {
    let normaliser = self::fields(first(fields, 3)?)?;
    let (length, map) = first(&normaliser, 2)?.split_first_chunk()?;
    let (units, replacements) = map.split_at_checked(u32::from_le_bytes(*length) as usize)?;
    write_length(units.len() / 4, packed)?;
    packed.extend_from_slice(units);
    write_length(replacements.len(), packed)?;
    packed.extend_from_slice(replacements);
    Some(())
}

fn write_vocabulary(fields: &[Field<'_>], packed: &mut Vec<u8>) -> Option<()> {
    let mut pieces = BTreeMap::new();
    let messages = fields.iter().filter(|field| field.number == 1);
    for (id, message) in (0_u32..).zip(messages) {
        let piece = self::fields(message.bytes)?;
        let score = first(&piece, 2)
            .and_then(|bytes| bytes.try_into().ok())
            .map_or(0.0, f32::from_le_bytes);
        pieces.insert(first(&piece, 1)?, (id, score));
    }
    let text: Vec<u8> = pieces.keys().copied().flatten().copied().collect();
    write_length(pieces.len(), packed)?;
    write_length(text.len(), packed)?;
    packed.extend_from_slice(&text);
    let mut end = 0;
    for piece in pieces.keys() {
        end += piece.len();
        write_length(end, packed)?;
    }
    packed.extend(pieces.values().flat_map(|(id, _)| id.to_le_bytes()));
    packed.extend(pieces.values().flat_map(|(_, score)| score.to_le_bytes()));
    Some(())
}

fn write_length(length: usize, packed: &mut Vec<u8>) -> Option<()> {
    packed.extend(u32::try_from(length).ok()?.to_le_bytes());
    Some(())
}

struct Field<'a> {
    number: u64,
    bytes: &'a [u8],
}

fn first<'a>(fields: &[Field<'a>], number: u64) -> Option<&'a [u8]> {
    fields
        .iter()
        .find(|field| field.number == number)
        .map(|field| field.bytes)
}

/// The fields of a message that have bytes; varints are passed over.
fn fields(mut message: &[u8]) -> Option<Vec<Field<'_>>> {
    let mut fields = Vec::new();
    while !message.is_empty() {
        let tag = varint(&mut message)?;
        let length = match tag & 7 {
            0 => {
                varint(&mut message)?;
                continue;
            }
            1 => 8,
            2 => usize::try_from(varint(&mut message)?).ok()?,
            5 => 4,
            _ => return None,
        };
        let (bytes, rest) = message.split_at_checked(length)?;
        fields.push(Field {
            number: tag >> 3,
            bytes,
        });
        message = rest;
    }
    Some(fields)
}

fn varint(message: &mut &[u8]) -> Option<u64> {
    let mut number = 0;
    for shift in (0..64).step_by(7) {
        let (&byte, rest) = message.split_first()?;
        *message = rest;
        number |= u64::from(byte & 127) << shift;
        if byte < 128 {
            return Some(number);
        }
    }
    None
}
