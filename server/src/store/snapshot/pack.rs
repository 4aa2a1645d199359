//! Texts as bytes: a byte that says how they are packed, so that another way can follow, then LZ4 where that makes them shorter.

const PLAIN: u8 = 0;
const LZ4: u8 = 1;
/// No text is longer; a length beyond it is damage.
const LONGEST: usize = 64 << 20;

pub fn pack(text: &str) -> Vec<u8> {
    let packed = lz4_flex::compress_prepend_size(text.as_bytes());
    let (how, bytes) = if packed.len() < text.len() { (LZ4, packed.as_slice()) } else { (PLAIN, text.as_bytes()) };
    [&[how], bytes].concat()
}

pub fn unpack(bytes: &[u8]) -> Option<String> {
    let (how, rest) = bytes.split_first()?;
    let text = match *how {
        PLAIN => rest.to_vec(),
        LZ4 => {
            let length = u32::from_le_bytes(*rest.first_chunk::<4>()?) as usize;
            if length > LONGEST {
                return None;
            }
            lz4_flex::decompress_size_prepended(rest).ok()?
        }
        _ => return None,
    };
    String::from_utf8(text).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_come_back_and_repetition_is_not_paid_for() {
        for text in ["", "a", "ü", "\"string\"", &"{\"name\": \"id\"} ".repeat(1000)] {
            assert_eq!(unpack(&pack(text)).as_deref(), Some(text));
        }
        assert!(pack(&"{\"name\": \"id\"} ".repeat(1000)).len() < 500);
    }

    #[test]
    fn damage_is_noticed_and_makes_nothing_huge() {
        for bytes in [&[][..], &[7, 1, 2], &[1], &[1, 255, 255, 255, 255, 0], &[0, 0xff], &[1, 5, 0, 0, 0, 9, 9]] {
            assert_eq!(unpack(bytes), None);
        }
    }
}
