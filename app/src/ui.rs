//! Building blocks that know no domain: values come in as props, events go out as callbacks, and colours live only in their classes.

mod button;
mod code;
mod copy_button;
mod empty;
mod field;
mod glyph;
pub mod highlight;
mod icon;
mod notice;
mod number;
mod skeleton;
mod tabs;
mod tag;
mod text_area;
mod theme_switch;
pub mod time;
mod timeline;
mod virtual_table;

pub use button::{Button, ButtonSize, ButtonVariant, LinkButton, Reason};
pub use code::{CodeView, LineMark};
pub use copy_button::CopyButton;
pub use empty::{Command, EmptyState};
pub use field::{SelectField, SelectOption, TextField};
pub use glyph::Glyph;
pub use highlight::Language;
pub use icon::{BrandMark, Icon, IconSize};
pub use notice::{Notice, NoticeTone};
pub use number::grouped;
pub use skeleton::SkeletonRows;
pub use tabs::{Tab, Tabs};
pub use tag::{Dot, DotTone, Tag, TagTone};
pub use text_area::TextArea;
pub use theme_switch::{Theme, ThemeSwitch};
pub use time::Timestamp;
pub use timeline::{Segment, SegmentKind, Tick, TimelineAxis, TimelineDefs, TimelineLane};
pub use virtual_table::{VirtualTable, window_of};
