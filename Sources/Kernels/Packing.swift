/// Columns of a panel of B: a block lies as panel after panel, each [depth][panelWidth]; the last may be narrower, [depth][rest].
#if WIDE && !FLOAT64
let panelWidth = 32
#else
let panelWidth = 16
#endif

/// A block of B, `depth` rows of `width` columns with row stride `stride`, into panels.
@inline(__always)
func packRows(_ to: UnsafeMutablePointer<Scalar>, _ b: UnsafePointer<Scalar>, _ stride: Int, _ depth: Int, _ width: Int) {
    var to = to
    var column = 0
    while column &+ panelWidth <= width {
        var from = b + column
        for _ in 0..<depth {
            store(load(from), to)
            if panelWidth > 16 { store(load(from + 16), to + 16) }
            to += panelWidth
            from += stride
        }
        column = column &+ panelWidth
    }
    let rest = width &- column
    if rest > 0 {
        for i in 0..<depth { copyRow(to + i &* rest, b + (i &* stride &+ column), rest) }
    }
}

/// Rows at ..< at + count of a block of `depth` rows and `width` columns, from a matrix that holds it transposed: column j begins at b + j * stride.
@inline(__always)
func packTransposed(
    _ to: UnsafeMutablePointer<Scalar>, _ b: UnsafePointer<Scalar>, _ stride: Int, _ at: Int, _ count: Int, _ depth: Int, _ width: Int
) {
    var to = to
    var column = 0
    while column &+ panelWidth <= width {
        var half = 0
        while half < panelWidth {
            let from = b + (column &+ half) &* stride
            let target = to + (at &* panelWidth &+ half)
            var i = 0
            while i &+ 16 <= count {
                transposeSquare(target + i &* panelWidth, panelWidth, from + i, stride)
                i = i &+ 16
            }
            while i < count {
                for lane in 0..<16 { target[i &* panelWidth &+ lane] = from[lane &* stride &+ i] }
                i = i &+ 1
            }
            half = half &+ 16
        }
        to += panelWidth &* depth
        column = column &+ panelWidth
    }
    let rest = width &- column
    for j in 0..<rest {
        let from = b + (column &+ j) &* stride
        for i in 0..<count { to[(at &+ i) &* rest &+ j] = from[i] }
    }
}

/// `height` <= 12 rows of A whose column stride is `stride`, as [depth][12].
@inline(__always)
func packTall(_ to: UnsafeMutablePointer<Scalar>, _ a: UnsafePointer<Scalar>, _ stride: Int, _ depth: Int, _ height: Int) {
    if height == 12 {
        for i in 0..<depth {
            let (from, to) = (UnsafeRawPointer(a + i &* stride), UnsafeMutableRawPointer(to + i &* 12))
            let eight = MemoryLayout<SIMD8<Scalar>>.size
            to.storeBytes(of: from.loadUnaligned(as: SIMD8<Scalar>.self), as: SIMD8<Scalar>.self)
            (to + eight).storeBytes(of: (from + eight).loadUnaligned(as: SIMD4<Scalar>.self), as: SIMD4<Scalar>.self)
        }
    } else {
        for i in 0..<depth { copy(to + i &* 12, a + i &* stride, height) }
    }
}

@inline(__always)
func copyRow(_ to: UnsafeMutablePointer<Scalar>, _ from: UnsafePointer<Scalar>, _ count: Int) {
    var i = 0
    while i &+ 16 <= count {
        store(load(from + i), to + i)
        i = i &+ 16
    }
    copy(to + i, from + i, count &- i)
}

/// y[i][j] = x[j][i] for a square of sixteen: four rounds in which vectors eight apart are interleaved.
@inline(__always)
private func transposeSquare(_ y: UnsafeMutablePointer<Scalar>, _ yRow: Int, _ x: UnsafePointer<Scalar>, _ xRow: Int) {
    let a = Square(
        load(x), load(x + xRow), load(x + 2 &* xRow), load(x + 3 &* xRow), load(x + 4 &* xRow), load(x + 5 &* xRow), load(x + 6 &* xRow),
        load(x + 7 &* xRow), load(x + 8 &* xRow), load(x + 9 &* xRow), load(x + 10 &* xRow), load(x + 11 &* xRow), load(x + 12 &* xRow),
        load(x + 13 &* xRow), load(x + 14 &* xRow), load(x + 15 &* xRow)
    ).interleaved.interleaved.interleaved.interleaved
    store(a.v0, y)
    store(a.v1, y + yRow)
    store(a.v2, y + 2 &* yRow)
    store(a.v3, y + 3 &* yRow)
    store(a.v4, y + 4 &* yRow)
    store(a.v5, y + 5 &* yRow)
    store(a.v6, y + 6 &* yRow)
    store(a.v7, y + 7 &* yRow)
    store(a.v8, y + 8 &* yRow)
    store(a.v9, y + 9 &* yRow)
    store(a.v10, y + 10 &* yRow)
    store(a.v11, y + 11 &* yRow)
    store(a.v12, y + 12 &* yRow)
    store(a.v13, y + 13 &* yRow)
    store(a.v14, y + 14 &* yRow)
    store(a.v15, y + 15 &* yRow)
}

/// Sixteen vectors in registers.
private struct Square {
    let v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, v10, v11, v12, v13, v14, v15: Lanes

    @inline(__always)
    init(
        _ v0: Lanes, _ v1: Lanes, _ v2: Lanes, _ v3: Lanes, _ v4: Lanes, _ v5: Lanes, _ v6: Lanes, _ v7: Lanes, _ v8: Lanes, _ v9: Lanes,
        _ v10: Lanes, _ v11: Lanes, _ v12: Lanes, _ v13: Lanes, _ v14: Lanes, _ v15: Lanes
    ) {
        (self.v0, self.v1, self.v2, self.v3, self.v4, self.v5, self.v6, self.v7) = (v0, v1, v2, v3, v4, v5, v6, v7)
        (self.v8, self.v9, self.v10, self.v11, self.v12, self.v13, self.v14, self.v15) = (v8, v9, v10, v11, v12, v13, v14, v15)
    }

    @inline(__always)
    var interleaved: Square {
        Square(
            low(v0, v8), high(v0, v8), low(v1, v9), high(v1, v9), low(v2, v10), high(v2, v10), low(v3, v11), high(v3, v11), low(v4, v12),
            high(v4, v12), low(v5, v13), high(v5, v13), low(v6, v14), high(v6, v14), low(v7, v15), high(v7, v15))
    }
}

/// a0 b0 a1 b1 ... a7 b7.
@inline(__always)
private func low(_ a: Lanes, _ b: Lanes) -> Lanes {
    Lanes(a[0], b[0], a[1], b[1], a[2], b[2], a[3], b[3], a[4], b[4], a[5], b[5], a[6], b[6], a[7], b[7])
}

/// a8 b8 a9 b9 ... a15 b15.
@inline(__always)
private func high(_ a: Lanes, _ b: Lanes) -> Lanes {
    Lanes(a[8], b[8], a[9], b[9], a[10], b[10], a[11], b[11], a[12], b[12], a[13], b[13], a[14], b[14], a[15], b[15])
}
