import Diagnostics

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

// What can be wrong with a data file as a file.
extension Diagnostic {
    static func fileNotOpened(
        _ path: String, errno number: Int32, words: String, at place: SourceRange?, isFromCommandLine: Bool
    ) -> Diagnostic {
        let isMissing = number == ENOENT || number == ENOTDIR
        return Diagnostic(
            "E1001", "data file \(path) \(isMissing ? "does not exist" : "cannot be opened"): \(words)", at: place,
            notes: isMissing && place != nil
                ? [
                    isFromCommandLine
                        ? "paths on the command line are relative to the working directory"
                        : "paths in a spec are relative to the folder of the spec file"
                ] : [],
            fix: isMissing ? "check the spelling of the path" : "check the permissions of the file")
    }

    static func fileIsFolder(_ path: String, at place: SourceRange?) -> Diagnostic {
        Diagnostic("E1002", "data file \(path) is a directory", at: place, fix: "name a file inside it")
    }

    static func fileIsDevice(_ path: String, at place: SourceRange?) -> Diagnostic {
        Diagnostic("E1003", "data file \(path) is no regular file", at: place, fix: "name a file; only predict and evaluate read pipes")
    }

    static func fileNotRead(_ path: String, words: String, at place: SourceRange?) -> Diagnostic {
        Diagnostic("E1004", "data file \(path) cannot be read: \(words)", at: place)
    }

    static func emptyFile(_ name: String, _ what: String, at place: SourceRange?) -> Diagnostic {
        Diagnostic("E1005", "data file \(name) is empty: \(what)", at: place)
    }

    static func pointerOfLargeFile(_ name: String, at place: SourceRange?) -> Diagnostic {
        Diagnostic("E1008", "data file \(name) is a Git LFS pointer, not the data", at: place, fix: "run `git lfs pull`")
    }

    static func webPage(_ name: String, at place: SourceRange?) -> Diagnostic {
        Diagnostic(
            "E1009", "data file \(name) is an HTML page, not data", at: place, fix: "download the file itself instead of the page around it")
    }

    static func gzipUnderAnotherName(_ name: String, at place: SourceRange?) -> Diagnostic {
        let isPiped = name == OpenedFile.nameOfStandardInput
        return Diagnostic(
            "E1006", isPiped ? "the standard input is gzip data" : "data file \(name) is gzip data, though its name does not end in .gz", at: place,
            fix: isPiped ? "unpack it on the way: `gzip -dc FILE | nnspec ...`" : "call it \(name).gz, or unpack it with `gzip -d`")
    }

    static func refused(_ refusal: FileRefusal, _ file: DataFile, at place: SourceRange?) -> Diagnostic {
        let name = file.name
        switch refusal {
        case .empty(let byteCount):
            let what = byteCount == 0 ? "0 bytes" : "\(Shown.count(byteCount, "byte")), all of them blank"
            return emptyFile(name, what, at: place)
        case .gzip:
            return gzipUnderAnotherName(name, at: place)
        case .archive:
            return Diagnostic(
                "E1007", "data file \(name) is a zip archive or spreadsheet, not text", at: place, fix: "unpack it, or save the sheet as CSV")
        case .largeFilePointer: return pointerOfLargeFile(name, at: place)
        case .webPage: return webPage(name, at: place)
        case .wideText:
            return Diagnostic("E1010", "data file \(name) is UTF-16 text", at: place, fix: "save it as UTF-8")
        case .noLineFeeds:
            return Diagnostic(
                "E1011", "the lines of data file \(name) end in a carriage return (CR) only, as on old Macs", at: place,
                fix: "convert it to line feeds, for example with `tr '\\r' '\\n' <old.csv >new.csv`")
        case .nul(let offset):
            return Diagnostic(
                "E1012", "data file \(name) holds a NUL byte in line \(file.line(of: offset)), so it is no text", at: file.range(offset, offset + 1),
                fix: "save it as UTF-8 text")
        case .notUTF8(let offset):
            return Diagnostic(
                "E1013", "data file \(name) is not UTF-8: a wrong byte in line \(file.line(of: offset))", at: file.range(offset, offset + 1),
                notes: ["the byte is \(file.bytes[offset])"], fix: "save it as UTF-8, for example with `iconv -f LATIN1 -t UTF-8`")
        }
    }
}

// What the system has not got, or took away.
extension Diagnostic {
    static func fileChanged(_ name: String, at place: SourceRange?) -> Diagnostic {
        Diagnostic(
            "E3990", "data file \(name) was written to while it was read", at: place,
            notes: ["what has been read may be half of the old file and half of the new one, so nothing was made of it"],
            fix: "run the command again once the file is whole; a program that writes beside it and renames disturbs no reader")
    }

    static func noMemoryForData(_ file: DataFile) -> Diagnostic { noMemoryForData(file.name, file.bytes.count) }

    package static func noMemoryForData(_ name: String, _ byteCount: Int) -> Diagnostic {
        Diagnostic(
            "E3902", "the system has no memory for the data of \(name), a file of \(byteCount) bytes",
            fix: "leave columns out, or divide the file")
    }
}
