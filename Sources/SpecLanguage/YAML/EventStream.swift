import CLibYAML
import Diagnostics

/// One event of libyaml, copied out.
struct YAMLEvent {
    enum Kind: Equatable {
        case streamStart, streamEnd, documentStart, documentEnd, sequenceStart, sequenceEnd, mappingStart, mappingEnd
        case scalar(text: String, isPlain: Bool)
        case alias(String)
    }
    let kind: Kind
    let anchor: String?
    /// Where a tag is written.
    let tag: SourceRange?
    let isFlow: Bool
    /// The node itself, without the anchor and the tag before it.
    let range: SourceRange
}

/// libyaml's parser over a text in memory, with marks turned into byte offsets.
final class EventStream {
    private let file: SourceFile
    private let sink: DiagnosticSink
    private let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
    /// libyaml's own copy of the text may not move.
    private let text: UnsafeMutableBufferPointer<UInt8>
    /// Byte offset of each code point; nil where every code point is a byte.
    private let offsets: [Int]?
    private let start: Int
    /// Where the mapping begins that is the document in a block.
    private var rootStart: Int?

    /// Reads from byte `start`; nil: from the beginning, after a BOM.
    init(_ file: SourceFile, from start: Int? = nil, sink: DiagnosticSink) throws(Stopped) {
        self.file = file
        self.sink = sink
        self.start = start ?? (file.bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0)
        text = .allocate(capacity: file.bytes.count - self.start)
        _ = text.initialize(from: file.bytes[self.start...])
        if file.bytes.contains(where: { $0 >= 0x80 }) {
            var starts: [Int] = []
            starts.reserveCapacity(text.count)
            for (offset, byte) in file.bytes.enumerated() where offset >= self.start && byte & 0xC0 != 0x80 { starts.append(offset) }
            offsets = starts
        } else {
            offsets = nil
        }
        guard yaml_parser_initialize(parser) == 1 else { throw sink.fail(.syntax("libyaml could not start", SourceRange(file, 0, 0))) }
        yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        yaml_parser_set_input_string(parser, text.baseAddress, text.count)
    }

    deinit {
        yaml_parser_delete(parser)
        parser.deallocate()
        text.deallocate()
    }

    private func offset(_ mark: yaml_mark_t) -> Int {
        guard let offsets else { return min(Int(mark.index) + start, file.bytes.count) }
        return Int(mark.index) < offsets.count ? offsets[Int(mark.index)] : file.bytes.count
    }

    func next() throws(Stopped) -> YAMLEvent {
        var event = yaml_event_t()
        guard yaml_parser_parse(parser, &event) == 1 else { throw sink.fail(syntaxError()) }
        defer { yaml_event_delete(&event) }
        let range = SourceRange(file, offset(event.start_mark), offset(event.end_mark))
        if rootStart == nil, event.type == YAML_MAPPING_START_EVENT {
            rootStart = event.data.mapping_start.style == YAML_FLOW_MAPPING_STYLE ? -1 : range.lower
        }
        func make(
            _ kind: YAMLEvent.Kind, anchor: UnsafeMutablePointer<yaml_char_t>? = nil, tag: UnsafeMutablePointer<yaml_char_t>? = nil,
            isFlow: Bool = false
        ) -> YAMLEvent {
            guard anchor != nil || tag != nil else { return YAMLEvent(kind: kind, anchor: nil, tag: nil, isFlow: isFlow, range: range) }
            let properties = properties(at: range.lower)
            return YAMLEvent(
                kind: kind, anchor: anchor.map { String(cString: $0) }, tag: properties.tag, isFlow: isFlow,
                range: SourceRange(file, min(properties.end, range.upper), range.upper))
        }
        switch event.type {
        case YAML_STREAM_START_EVENT: return make(.streamStart)
        case YAML_DOCUMENT_START_EVENT: return make(.documentStart)
        case YAML_DOCUMENT_END_EVENT: return make(.documentEnd)
        case YAML_SEQUENCE_START_EVENT:
            let data = event.data.sequence_start
            return make(.sequenceStart, anchor: data.anchor, tag: data.tag, isFlow: data.style == YAML_FLOW_SEQUENCE_STYLE)
        case YAML_MAPPING_START_EVENT:
            let data = event.data.mapping_start
            return make(.mappingStart, anchor: data.anchor, tag: data.tag, isFlow: data.style == YAML_FLOW_MAPPING_STYLE)
        case YAML_SEQUENCE_END_EVENT: return make(.sequenceEnd)
        case YAML_MAPPING_END_EVENT: return make(.mappingEnd)
        case YAML_ALIAS_EVENT: return make(.alias(event.data.alias.anchor.map { String(cString: $0) } ?? ""))
        case YAML_SCALAR_EVENT:
            let data = event.data.scalar
            let text = String(decoding: UnsafeBufferPointer(start: data.value, count: data.length), as: UTF8.self)
            return make(.scalar(text: text, isPlain: data.style == YAML_PLAIN_SCALAR_STYLE), anchor: data.anchor, tag: data.tag)
        default: return make(.streamEnd)
        }
    }

    /// `&name` and `!tag` in either order, blanks, comments and line ends between them: where they end, and where the tag is.
    private func properties(at lower: Int) -> (end: Int, tag: SourceRange?) {
        let bytes = file.bytes
        var tag: SourceRange?
        var index = lower
        var end = lower
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "&"), UInt8(ascii: "!"):
                let isTag = bytes[index] == UInt8(ascii: "!")
                let first = index
                let isVerbatim = isTag && index + 1 < bytes.count && bytes[index + 1] == UInt8(ascii: "<")
                while index < bytes.count, bytes[index] > 0x20, isVerbatim || !Self.flowIndicators.contains(bytes[index]) { index += 1 }
                if isTag { tag = SourceRange(file, first, index) }
                end = index
            case UInt8(ascii: "#") where index > end:
                while index < bytes.count, bytes[index] != UInt8(ascii: "\n"), bytes[index] != UInt8(ascii: "\r") { index += 1 }
            case 0x20, 0x09, 0x0A, 0x0D: index += 1
            default: return (index, tag)
            }
        }
        return (end, tag)
    }

    private static let flowIndicators = Array(",[]{}".utf8)

    private func syntaxError() -> Diagnostic {
        let problem = parser.pointee.problem.map { String(cString: $0) } ?? "the text cannot be read"
        if parser.pointee.error == YAML_READER_ERROR {
            let at = min(Int(parser.pointee.problem_offset) + start, file.bytes.count)
            return .syntax(problem, character(at))
        }
        let at = offset(parser.pointee.problem_mark)
        let opening = parser.pointee.context == nil ? at : offset(parser.pointee.context_mark)
        // That the whole document was being read says nothing.
        return .syntax(problem, character(at), opening: opening == at || opening == rootStart ? nil : character(opening))
    }

    /// The whole character at an offset; nothing at the end of the text or of a line.
    private func character(_ lower: Int) -> SourceRange {
        guard lower < file.bytes.count, file.bytes[lower] != 0x0A, file.bytes[lower] != 0x0D else { return SourceRange(file, lower, lower) }
        var upper = lower + 1
        while upper < file.bytes.count, file.bytes[upper] & 0xC0 == 0x80 { upper += 1 }
        return SourceRange(file, lower, upper)
    }
}
