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
    let tag: String?
    let isFlow: Bool
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
        func string(_ pointer: UnsafeMutablePointer<yaml_char_t>?) -> String? { pointer.map { String(cString: $0) } }
        func make(_ kind: YAMLEvent.Kind, anchor: String? = nil, tag: String? = nil, isFlow: Bool = false) -> YAMLEvent {
            YAMLEvent(kind: kind, anchor: anchor, tag: tag, isFlow: isFlow, range: range)
        }
        switch event.type {
        case YAML_STREAM_START_EVENT: return make(.streamStart)
        case YAML_DOCUMENT_START_EVENT: return make(.documentStart)
        case YAML_DOCUMENT_END_EVENT: return make(.documentEnd)
        case YAML_SEQUENCE_START_EVENT:
            let data = event.data.sequence_start
            return make(.sequenceStart, anchor: string(data.anchor), tag: string(data.tag), isFlow: data.style == YAML_FLOW_SEQUENCE_STYLE)
        case YAML_MAPPING_START_EVENT:
            let data = event.data.mapping_start
            return make(.mappingStart, anchor: string(data.anchor), tag: string(data.tag), isFlow: data.style == YAML_FLOW_MAPPING_STYLE)
        case YAML_SEQUENCE_END_EVENT: return make(.sequenceEnd)
        case YAML_MAPPING_END_EVENT: return make(.mappingEnd)
        case YAML_ALIAS_EVENT: return make(.alias(string(event.data.alias.anchor) ?? ""))
        case YAML_SCALAR_EVENT:
            let data = event.data.scalar
            let text = String(decoding: UnsafeBufferPointer(start: data.value, count: data.length), as: UTF8.self)
            return make(.scalar(text: text, isPlain: data.style == YAML_PLAIN_SCALAR_STYLE), anchor: string(data.anchor), tag: string(data.tag))
        default: return make(.streamEnd)
        }
    }

    private func syntaxError() -> Diagnostic {
        let problem = parser.pointee.problem.map { String(cString: $0) } ?? "this is not YAML"
        let isReader = parser.pointee.error == YAML_READER_ERROR
        let at = isReader ? min(Int(parser.pointee.problem_offset) + start, file.bytes.count) : offset(parser.pointee.problem_mark)
        var related: [Diagnostic.Label] = []
        if parser.pointee.context != nil, !isReader, parser.pointee.context_mark.index != parser.pointee.problem_mark.index {
            let start = offset(parser.pointee.context_mark)
            related.append(.init(SourceRange(file, start, start + 1), "in what begins here"))
        }
        return .syntax(problem, SourceRange(file, at, min(at + 1, file.bytes.count)), related: related)
    }
}
