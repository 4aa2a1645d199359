//! Takes the elements out of a JSON array while it arrives, so that an answer may be larger than the memory, and one element that is wrong
//! is not the others' matter.

/// How much of the text may be outside of elements.
const MAX_PADDING: usize = 1 << 20;

/// Where in the array the text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Before,
    Between,
    /// In an element: how many brackets are open, and whether within a string and after a backslash of it.
    Within {
        depth: u32,
        string: bool,
        escaped: bool,
    },
    /// In a number or word.
    Bare,
    After,
}

/// Why a text is not such an array.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// It begins with this byte, or ends before it began.
    NoArray(Option<u8>),
    /// An element has more bytes than are taken.
    TooLong,
    /// It is padded without end.
    Padded,
    /// It ends in the middle.
    Cut,
}

/// An array that arrives.
pub struct Rows {
    place: Place,
    element: Vec<u8>,
    longest: usize,
    padding: usize,
}

impl Rows {
    /// An array whose elements have at most so many bytes.
    pub fn new(longest: usize) -> Self {
        Self { place: Place::Before, element: Vec::new(), longest, padding: 0 }
    }

    /// Takes the next piece of the text and gives the elements that end in it.
    pub fn feed(&mut self, piece: &[u8], ended: &mut impl Extend<Vec<u8>>) -> Result<(), Fault> {
        let mut rest = piece;
        while let [first, tail @ ..] = rest {
            match self.place {
                Place::Before | Place::Between | Place::After => {
                    self.pad(*first)?;
                    if matches!(self.place, Place::Within { .. } | Place::Bare) {
                        continue;
                    }
                    rest = tail;
                }
                Place::Bare => {
                    let end = rest.iter().position(|byte| matches!(byte, b',' | b']') || byte.is_ascii_whitespace());
                    let (element, after) = rest.split_at(end.unwrap_or(rest.len()));
                    self.take(element)?;
                    if end.is_some() {
                        ended.extend([self.end()]);
                    }
                    rest = after;
                }
                Place::Within { depth, string, escaped } => {
                    let (length, place) = within(rest, depth, string, escaped);
                    let (element, after) = rest.split_at(length);
                    self.take(element)?;
                    self.place = place;
                    if place == Place::Between {
                        ended.extend([self.end()]);
                    }
                    rest = after;
                }
            }
        }
        Ok(())
    }

    /// Whether the text ended where an array ends.
    pub fn finish(&self) -> Result<(), Fault> {
        match self.place {
            Place::After => Ok(()),
            Place::Before => Err(Fault::NoArray(None)),
            _ => Err(Fault::Cut),
        }
    }

    /// A byte outside of elements.
    fn pad(&mut self, byte: u8) -> Result<(), Fault> {
        self.padding += 1;
        if self.padding > MAX_PADDING {
            return Err(Fault::Padded);
        }
        self.place = match (self.place, byte) {
            (place, b' ' | b'\t' | b'\n' | b'\r') => place,
            (Place::Before, b'[') => Place::Between,
            (Place::Between, b',') => Place::Between,
            (Place::Between, b']') => Place::After,
            (Place::Between, b'"' | b'{' | b'[') => Place::Within { depth: 0, string: false, escaped: false },
            (Place::Between, _) => Place::Bare,
            (_, byte) => return Err(Fault::NoArray(Some(byte))),
        };
        Ok(())
    }

    fn take(&mut self, bytes: &[u8]) -> Result<(), Fault> {
        if self.element.len() + bytes.len() > self.longest {
            return Err(Fault::TooLong);
        }
        self.element.extend_from_slice(bytes);
        Ok(())
    }

    fn end(&mut self) -> Vec<u8> {
        self.place = Place::Between;
        // The comma between elements is not padding.
        self.padding = self.padding.saturating_sub(1);
        std::mem::take(&mut self.element)
    }
}

/// How many bytes of the element are here, and where the text is after them.
fn within(bytes: &[u8], mut depth: u32, mut string: bool, mut escaped: bool) -> (usize, Place) {
    for (at, byte) in bytes.iter().enumerate() {
        if string {
            match byte {
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'"' => string = false,
                _ => continue,
            }
        } else {
            match byte {
                b'"' => string = true,
                b'{' | b'[' => depth += 1,
                b'}' | b']' => depth = depth.saturating_sub(1),
                _ => continue,
            }
        }
        if !string && depth == 0 {
            return (at + 1, Place::Between);
        }
    }
    (bytes.len(), Place::Within { depth, string, escaped })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str, pieces: usize) -> Result<Vec<String>, Fault> {
        let (mut rows, mut found) = (Rows::new(1000), Vec::new());
        for piece in text.as_bytes().chunks(pieces) {
            rows.feed(piece, &mut found)?;
        }
        rows.finish()?;
        Ok(found.into_iter().map(|row| String::from_utf8(row).unwrap()).collect())
    }

    #[test]
    fn elements_come_out_whole_however_the_text_is_cut() {
        let text = " [ \"a\\\"],[\", {\"b\": [1, {\"c\": \"}\\\\\"}]} ,3,null, [] , \"\", \"ü\"]\n";
        let expected = ["\"a\\\"],[\"", "{\"b\": [1, {\"c\": \"}\\\\\"}]}", "3", "null", "[]", "\"\"", "\"ü\""];
        for pieces in 1..=text.len() {
            assert_eq!(split(text, pieces).unwrap(), expected, "{pieces}");
        }
        assert_eq!(split("[]", 1).unwrap(), Vec::<String>::new());
    }

    #[test]
    fn what_is_no_array_or_has_no_end_is_noticed() {
        assert_eq!(split("<html>", 3), Err(Fault::NoArray(Some(b'<'))));
        assert_eq!(split("{}", 3), Err(Fault::NoArray(Some(b'{'))));
        assert_eq!(split("", 3), Err(Fault::NoArray(None)));
        assert_eq!(split("[1] x", 3), Err(Fault::NoArray(Some(b'x'))));
        for cut in ["[", "[1", "[\"a", "[\"a\"", "[{\"a\": 1}"] {
            assert_eq!(split(cut, 2), Err(Fault::Cut), "{cut}");
        }
        assert_eq!(split(&format!("[\"{}", "x".repeat(2000)), 100), Err(Fault::TooLong));
        assert_eq!(split(&format!("[{}", "1".repeat(2000)), 100), Err(Fault::TooLong));
        assert_eq!(split(&" ".repeat(2 << 20), 4096), Err(Fault::Padded));
        assert!(split(&format!("[{}1]", "1,".repeat(600_000)), 4096).is_ok());
    }
}
