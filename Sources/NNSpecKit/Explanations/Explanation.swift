import Diagnostics

/// What a diagnostic means, told at leisure: a row of the table behind `nnspec explain` and docs/diagnostics.md.
public struct Explanation: Sendable {
    /// A few lines of an example.
    public struct Snippet: Sendable {
        public enum Language: String, Sendable { case yaml, csv, json, sh, text }
        public let language: Language
        public let text: String
        /// What of the text the message points at, and what it points at second, as offsets of UTF-8 bytes. A test compares them with the
        /// places of the diagnostic that the example leads to.
        public let places: [Range<Int>]
        public let related: [Range<Int>]

        /// - Parameter marked: the text with its places in `⟦ ⟧` and the second ones in `⟪ ⟫`.
        private init(_ language: Language, _ marked: String) {
            var text = String.UnicodeScalarView()
            var count = 0
            var (places, related): ([Range<Int>], [Range<Int>]) = ([], [])
            var (place, second) = (0, 0)
            for scalar in marked.unicodeScalars {
                switch scalar {
                case "⟦": place = count
                case "⟧": places.append(place..<count)
                case "⟪": second = count
                case "⟫": related.append(second..<count)
                default:
                    text.append(scalar)
                    count += UTF8.width(scalar)
                }
            }
            (self.language, self.text, self.places, self.related) = (language, String(text), places, related)
        }

        static func yaml(_ marked: String) -> Snippet { Snippet(.yaml, marked) }
        static func csv(_ marked: String) -> Snippet { Snippet(.csv, marked) }
        static func json(_ marked: String) -> Snippet { Snippet(.json, marked) }
        static func sh(_ marked: String) -> Snippet { Snippet(.sh, marked) }
        static func text(_ text: String) -> Snippet { Snippet(.text, text) }
    }

    public let code: String
    public let title: String
    /// What it means, in one to three sentences.
    public let story: String
    /// The file or setting that the example goes with.
    public let given: Snippet?
    /// A short example that leads to the diagnostic; a message that points nowhere has no place in it.
    public let example: Snippet
    /// The same example without it.
    public let repair: Snippet

    /// - Parameter heading: code and title, as in `E0201 unknown key`. The code does not stand alone in quotes: that is how the factory
    ///   that emits it is found.
    init(_ heading: String, _ story: String, given: Snippet? = nil, _ example: Snippet, _ repair: Snippet) {
        let blank = heading.firstIndex(of: " ") ?? heading.endIndex
        self.code = String(heading[..<blank])
        self.title = String(heading[blank...].dropFirst())
        self.story = story
        self.given = given
        self.example = example
        self.repair = repair
    }

    public var severity: Diagnostic.Severity { Diagnostic(code, title).severity }

    /// The exit status of a command that ends with this diagnostic; 0 for what does not stop it.
    public var exitStatus: Int32 { ExitStatus.of([Diagnostic(code, title)]) }

    /// The exit status in words.
    public var ending: String {
        switch exitStatus {
        case 0: "0: a \(severity.rawValue), the command goes on"
        case 1: "1: a promise is not met"
        case 2: "2: wrong usage"
        case 3: "3: the spec is invalid"
        case 4: "4: a data or weights file is invalid or does not fit the spec"
        case 5: "5: training diverged"
        case 6: "6: the system refused"
        case 141: "\(exitStatus): as any tool whose reader leaves; nothing is said"
        case 130, 143: "\(exitStatus): stopped by a signal; the state is saved"
        default: "70: a bug of nnspec"
        }
    }
}
