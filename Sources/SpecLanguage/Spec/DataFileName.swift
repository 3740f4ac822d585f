/// What the name of a data file says: which file, which array in it, how it is written. The content is never asked.
public struct DataFileName: Sendable {
    /// The file on disk.
    public let path: String
    /// The array of an npz file: what stands behind `#`.
    public let member: String?
    /// Whether the name ends in .gz.
    public let isGzip: Bool
    /// What is written, or else what the ending says; nil if that tells nothing.
    public let format: DataSpec.FileFormat?

    /// Endings that tell a format.
    public static let endings = ["csv", "tsv", "jsonl", "npy", "npz", "idx", "sqlite", "sqlite3", "db"]

    /// - Parameter written: the format that the spec or the command line says.
    public init(_ name: String, format written: DataSpec.FileFormat = .auto) {
        var (path, member): (String, String?) = (name, nil)
        // The first # behind which an archive's name ends: names of arrays may hold one too.
        let mark = name.indices.first { index in
            name[index] == "#" && (written == .npz || (written == .auto && Self.format(of: Self.unzipped(String(name[..<index]))) == .npz))
        }
        if let mark { (path, member) = (String(name[..<mark]), String(name[name.index(after: mark)...])) }
        self.path = path
        self.member = member
        isGzip = FilePath.ending(of: path) == "gz"
        format = written == .auto ? Self.format(of: Self.unzipped(path)) : written
    }

    /// The name without .gz.
    public var plain: String { Self.unzipped(path) }

    /// Whether the format is one of lines of text with a delimiter.
    public var isDelimited: Bool { format == .csv || format == .tsv }

    private static func unzipped(_ path: String) -> String {
        FilePath.ending(of: path) == "gz" ? String(path.dropLast(3)) : path
    }

    private static func format(of path: String) -> DataSpec.FileFormat? {
        switch FilePath.ending(of: path) {
        case "csv": .csv
        case "tsv": .tsv
        case "jsonl": .jsonl
        case "npy": .npy
        case "npz": .npz
        case "idx": .idx
        case "sqlite", "sqlite3", "db": .sqlite
        default: nil
        }
    }
}
