//! The way past Unicode's tables for most messages: characters that neither join nor reorder with a neighbour, and whose
//! decomposed lower case is known without looking it up.

/// Letters without their accents, from `À` to `ſ`; a full stop where there is more to it.
const LATIN: &[u8; 0xC0] =
    b"aaaaaa.ceeeeiiii.nooooo..uuuuy..aaaaaa.ceeeeiiii.nooooo..uuuuy.yaaaaaaccccccccdd..eeeeeeeeeegggggggghh..\
iiiiiiiii...jjkk.llllll....nnnnnn...oooooo..rrrrrrsssssssstttt..uuuuuuuuuuuuwwyyyzzzzzzs";
/// The same for Vietnamese, from `Ạ` to `ỹ`.
const VIETNAMESE: &[u8; 0x5A] =
    b"aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeeeeeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy";

/// What is written for a character: one, several (a letter and the umlaut or ring on it), or nothing.
#[derive(Clone, Copy)]
pub(super) enum Quick {
    One(char),
    Several(&'static str),
    Nothing,
}

use Quick::{Nothing, One, Several};

/// None where only Unicode's tables know.
pub(super) fn quick(c: char) -> Option<Quick> {
    Some(match c {
        '\0'..='\u{7F}' => One(c.to_ascii_lowercase()),
        '\u{A0}' | '\u{3000}' => One(' '),
        'Ä' | 'ä' => Several("a\u{308}"),
        'Ö' | 'ö' => Several("o\u{308}"),
        'Ü' | 'ü' => Several("u\u{308}"),
        'Å' | 'å' => Several("a\u{30A}"),
        'ß' => Several("ss"),
        'Æ' | 'æ' => One('æ'),
        'Ø' | 'ø' => One('ø'),
        'Œ' | 'œ' => One('œ'),
        'Đ' | 'đ' => One('đ'),
        'Ł' | 'ł' => One('ł'),
        'ı' => One('i'),
        '\u{C0}'..='\u{17F}' => letter(LATIN, c, 0xC0)?,
        'Ơ' | 'ơ' => One('o'),
        'Ư' | 'ư' => One('u'),
        '\u{1EA0}'..='\u{1EF9}' => letter(VIETNAMESE, c, 0x1EA0)?,
        '…' => Several("..."),
        '´' => One('\''),
        '¡' | '¿' | '«' | '»' | '°' | '£' | '€' | '§' => One(c),
        '\u{200D}' | '\u{2010}' | '\u{2012}'..='\u{2015}' | '\u{2018}'..='\u{201F}' => One(c),
        '\u{391}'..='\u{3A1}' | '\u{3A3}'..='\u{3A9}' | '\u{410}'..='\u{42F}' => shifted(c, 0x20)?,
        '\u{3B1}'..='\u{3C1}' | '\u{3C3}'..='\u{3C9}' | '\u{430}'..='\u{44F}' => One(c),
        'ς' => One('σ'),
        'Ά' | 'ά' => One('α'),
        'Έ' | 'έ' => One('ε'),
        'Ή' | 'ή' => One('η'),
        'Ί' | 'ί' | 'ϊ' | 'ΐ' | 'Ϊ' => One('ι'),
        'Ό' | 'ό' => One('ο'),
        'Ύ' | 'ύ' | 'ϋ' | 'ΰ' | 'Ϋ' => One('υ'),
        'Ώ' | 'ώ' => One('ω'),
        'Ѐ' | 'Ё' | 'ѐ' | 'ё' => One('е'),
        'Ѝ' | 'ѝ' => One('и'),
        '\u{400}'..='\u{40F}' => shifted(c, 0x50)?,
        '\u{450}'..='\u{45F}' | '\u{491}' => One(c),
        '\u{490}' => One('\u{491}'),
        '\u{5BE}' | '\u{5D0}'..='\u{5EA}' | '\u{5F3}' | '\u{5F4}' => One(c),
        '\u{622}' | '\u{623}' | '\u{625}' => One('\u{627}'),
        '\u{624}' => One('\u{648}'),
        '\u{626}' => One('\u{64A}'),
        '\u{60C}' | '\u{61B}' | '\u{61F}' | '\u{621}'..='\u{64A}' | '\u{660}'..='\u{66F}' => One(c),
        '\u{671}'..='\u{674}' | '\u{679}'..='\u{6BF}' | '\u{6C1}' | '\u{6C3}'..='\u{6D2}' | '\u{6D4}' | '\u{6D5}' => {
            One(c)
        }
        '\u{6F0}'..='\u{6F9}' => One(c),
        '\u{3001}' | '\u{3002}' | '\u{300C}'..='\u{300F}' | '\u{301C}' => One(c),
        '\u{3041}'..='\u{3096}' | '\u{30A1}'..='\u{30FC}' => One(c),
        '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}' => One(c),
        '\u{FF01}'..='\u{FF5E}' => One(char::from_u32(u32::from(c) - 0xFEE0)?.to_ascii_lowercase()),
        '\u{64B}'..='\u{65F}'
        | '\u{670}'
        | '\u{FE0F}'
        | '\u{200B}'
        | '\u{200C}'
        | '\u{200E}'
        | '\u{200F}'
        | '\u{20E3}' => Nothing,
        '\u{2600}'..='\u{2775}' => One(c),
        '\u{1F1E6}'..='\u{1F1FF}' | '\u{1F300}'..='\u{1F64F}' | '\u{1F680}'..='\u{1F6FF}' => One(c),
        '\u{1F900}'..='\u{1FAFF}' => One(c),
        _ => return None,
    })
}

fn letter(table: &[u8], c: char, first: u32) -> Option<Quick> {
    let letter = *table.get((u32::from(c) - first) as usize)?;
    (letter != b'.').then_some(One(letter as char))
}

fn shifted(c: char, by: u32) -> Option<Quick> {
    char::from_u32(u32::from(c) + by).map(One)
}
