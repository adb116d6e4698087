// Bakes coverage masks of Inter (SIL OFL 1.1) into src/LiveCam/Assets/inter.font.
//   g++ -O2 -std=c++17 tools/bake_font.cpp -o /tmp/bake_font $(pkg-config --cflags --libs freetype2 harfbuzz zlib)
//   /tmp/bake_font /usr/share/fonts/opentype/inter src/LiveCam/Assets/inter.font
// Debian packages: fonts-inter libfreetype-dev libharfbuzz-dev zlib1g-dev.
//
// File, little endian:
//   "LCFONT1\0", u16 code points N, u16 strikes S, u16 kerning tables, u16 units per em
//   N x u32 code point, ascending; glyph i belongs to code point i, glyph N is the missing-glyph box
//   per kerning table (one per weight): u32 pairs, pairs x { u16 left glyph, u16 right glyph, i16 font units }
//   S x { u8 weight, u8 phases, u16 pixel size, i16 ascent, i16 descent, i16 cap height (all 26.6 pixels),
//         i16 reserved, u32 offset from file start, u32 stored bytes, u32 inflated bytes }
//   per strike a raw deflate stream of
//     (N + 1) x i32 advance in 26.6 pixels
//     (N + 1) * phases x { i16 left, i16 top, u16 width, u16 height }   phase f is drawn f / phases pixels to the right
//     the masks in that order, rows top first, one byte of coverage per pixel (32 levels, which halves the file), no gaps
// Digits come from the font's tabular set, and get one advance, that of the widest.
#include <ft2build.h>
#include FT_FREETYPE_H
#include FT_OUTLINE_H
#include <hb.h>
#include <hb-ot.h>
#include <zlib.h>
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <string>
#include <vector>

using Bytes = std::vector<uint8_t>;
template <class T> void put(Bytes& b, T v) { auto p = reinterpret_cast<uint8_t*>(&v); b.insert(b.end(), p, p + sizeof v); }
static void die(const char* what) { std::fprintf(stderr, "bake_font: %s\n", what); std::exit(1); }

static std::vector<uint32_t> code_points() {
    std::vector<uint32_t> c;
    for (uint32_t i = 32; i < 127; i++) c.push_back(i);
    for (uint32_t i = 160; i < 256; i++) if (i != 0xAD) c.push_back(i);
    for (uint32_t i : {0x2013u, 0x2014u, 0x2018u, 0x2019u, 0x201Cu, 0x201Du, 0x2022u, 0x2026u, 0x2190u, 0x2191u, 0x2192u, 0x2193u,
                       0x2212u, 0x221Eu, 0x2248u, 0x2260u, 0x2264u, 0x2265u, 0x25A0u, 0x25B2u, 0x25B6u, 0x25BCu, 0x25C0u, 0x25CFu, 0x2713u, 0x2717u})
        c.push_back(i);
    std::sort(c.begin(), c.end());
    return c;
}

static Bytes deflated(const Bytes& in) {
    z_stream z{};
    if (deflateInit2(&z, 9, Z_DEFLATED, -15, 9, Z_DEFAULT_STRATEGY) != Z_OK) die("deflateInit2");
    Bytes out(deflateBound(&z, in.size()));
    z.next_in = const_cast<uint8_t*>(in.data()); z.avail_in = in.size();
    z.next_out = out.data(); z.avail_out = out.size();
    if (deflate(&z, Z_FINISH) != Z_STREAM_END) die("deflate");
    out.resize(z.total_out);
    deflateEnd(&z);
    return out;
}

struct Shaped { uint32_t glyph; int advance; };

// One or two code points with tabular digits and kerning only: the first glyph and its advance in font units.
static Shaped shape(hb_font_t* font, hb_buffer_t* buffer, const uint32_t* text, int n) {
    const hb_feature_t features[] = {{HB_TAG('t', 'n', 'u', 'm'), 1, 0, ~0u}, {HB_TAG('l', 'i', 'g', 'a'), 0, 0, ~0u},
                                     {HB_TAG('c', 'a', 'l', 't'), 0, 0, ~0u}, {HB_TAG('c', 'c', 'm', 'p'), 0, 0, ~0u}};
    hb_buffer_clear_contents(buffer);
    hb_buffer_add_utf32(buffer, text, n, 0, n);
    hb_buffer_set_direction(buffer, HB_DIRECTION_LTR);
    hb_buffer_set_script(buffer, HB_SCRIPT_LATIN);
    hb_shape(font, buffer, features, 4);
    unsigned count;
    auto info = hb_buffer_get_glyph_infos(buffer, &count);
    auto pos = hb_buffer_get_glyph_positions(buffer, &count);
    if (count != unsigned(n)) die("shaping merged two code points");
    return {info[0].codepoint, pos[0].x_advance};
}

int main(int argc, char** argv) {
    if (argc != 3) die("usage: bake_font FONT_FOLDER OUT_FILE");
    const std::string files[] = {std::string(argv[1]) + "/Inter-Regular.otf", std::string(argv[1]) + "/Inter-SemiBold.otf"};
    const int sizes[] = {11, 12, 13, 14, 15, 16, 18, 20, 22, 24, 26, 28, 32, 36, 40, 44, 48, 54, 60, 72, 84, 96, 112, 128, 144};
    const int largest_regular = 72;
    const auto points = code_points();
    const int n = int(points.size());

    FT_Library library;
    if (FT_Init_FreeType(&library)) die("FT_Init_FreeType");
    Bytes head, kerning, directory, blobs;
    std::vector<uint32_t> offsets;
    int strikes = 0, upem = 0;
    hb_buffer_t* buffer = hb_buffer_create();

    for (int weight = 0; weight < 2; weight++) {
        FT_Face face;
        if (FT_New_Face(library, files[weight].c_str(), 0, &face)) die(("cannot open " + files[weight]).c_str());
        upem = face->units_per_EM;
        hb_face_t* hbface = hb_face_create(hb_blob_create_from_file(files[weight].c_str()), 0);
        hb_font_t* hbfont = hb_font_create(hbface);
        hb_font_set_scale(hbfont, upem, upem);

        std::vector<Shaped> glyphs;
        for (uint32_t p : points) glyphs.push_back(shape(hbfont, buffer, &p, 1));
        const auto alone = glyphs;
        for (int i = 0; i < n; i++) if (!glyphs[i].glyph) std::fprintf(stderr, "no glyph for U+%04X\n", points[i]);
        // The instances of the font differ by a few units between digits.
        const auto zero = std::find(points.begin(), points.end(), uint32_t('0')) - points.begin();
        for (int d = 1; d < 10; d++) glyphs[zero].advance = std::max(glyphs[zero].advance, glyphs[zero + d].advance);
        for (int d = 1; d < 10; d++) glyphs[zero + d].advance = glyphs[zero].advance;
        glyphs.push_back({0, glyphs[zero].advance});

        Bytes pairs; uint32_t count = 0;
        for (int a = 0; a < n; a++)
            for (int b = 0; b < n; b++) {
                const uint32_t text[] = {points[a], points[b]};
                const int kern = shape(hbfont, buffer, text, 2).advance - alone[a].advance;
                if (kern == 0) continue;
                put<uint16_t>(pairs, a); put<uint16_t>(pairs, b); put<int16_t>(pairs, kern); count++;
            }
        put<uint32_t>(kerning, count);
        kerning.insert(kerning.end(), pairs.begin(), pairs.end());

        for (int size : sizes) {
            if (weight == 0 && size > largest_regular) continue;
            const int phases = size <= 14 ? 4 : size <= 32 ? 2 : 1;
            // Larger type stands closer: Inter's published dynamic metrics (rsms.me/inter/dynmetrics), in em.
            const double tracking = -0.0223 + 0.185 * std::exp(-0.1745 * size);
            if (FT_Set_Pixel_Sizes(face, 0, size)) die("FT_Set_Pixel_Sizes");
            Bytes advances, records, masks;
            for (int i = 0; i <= n; i++) {
                put<int32_t>(advances, int(std::lround((glyphs[i].advance / double(upem) + tracking) * 64.0 * size)));
                for (int phase = 0; phase < phases; phase++) {
                    // Light hinting moves points vertically only: horizontal stems land on pixel rows, widths stay true.
                    if (FT_Load_Glyph(face, glyphs[i].glyph, FT_LOAD_TARGET_LIGHT | FT_LOAD_FORCE_AUTOHINT | FT_LOAD_NO_BITMAP)) die("FT_Load_Glyph");
                    FT_Outline_Translate(&face->glyph->outline, phase * 64 / phases, 0);
                    if (FT_Render_Glyph(face->glyph, FT_RENDER_MODE_NORMAL)) die("FT_Render_Glyph");
                    const FT_Bitmap& m = face->glyph->bitmap;
                    put<int16_t>(records, m.rows ? face->glyph->bitmap_left : 0);
                    put<int16_t>(records, m.rows ? face->glyph->bitmap_top : 0);
                    put<uint16_t>(records, m.rows ? m.width : 0); put<uint16_t>(records, m.width ? m.rows : 0);
                    for (unsigned y = 0; y < m.rows; y++)
                        for (unsigned x = 0; x < m.width; x++) masks.push_back(uint8_t((m.buffer[int(y) * m.pitch + int(x)] * 31 + 127) / 255 * 255 / 31));
                }
            }
            Bytes raw = advances;
            raw.insert(raw.end(), records.begin(), records.end());
            raw.insert(raw.end(), masks.begin(), masks.end());
            const Bytes packed = deflated(raw);
            if (FT_Load_Char(face, 'H', FT_LOAD_TARGET_LIGHT | FT_LOAD_FORCE_AUTOHINT)) die("FT_Load_Char");
            put<uint8_t>(directory, weight); put<uint8_t>(directory, phases); put<uint16_t>(directory, size);
            put<int16_t>(directory, int(std::lround(face->ascender * 64.0 * size / upem)));
            put<int16_t>(directory, int(std::lround(-face->descender * 64.0 * size / upem)));
            put<int16_t>(directory, int(face->glyph->metrics.horiBearingY));
            put<int16_t>(directory, 0);
            offsets.push_back(uint32_t(blobs.size()));
            put<uint32_t>(directory, 0);
            put<uint32_t>(directory, uint32_t(packed.size()));
            put<uint32_t>(directory, uint32_t(raw.size()));
            blobs.insert(blobs.end(), packed.begin(), packed.end());
            strikes++;
        }
    }

    for (char c : std::string("LCFONT1", 8)) head.push_back(uint8_t(c));
    put<uint16_t>(head, n); put<uint16_t>(head, strikes); put<uint16_t>(head, 2); put<uint16_t>(head, upem);
    for (uint32_t p : points) put<uint32_t>(head, p);
    head.insert(head.end(), kerning.begin(), kerning.end());
    const uint32_t base = uint32_t(head.size() + directory.size());
    for (int s = 0; s < strikes; s++) { const uint32_t at = base + offsets[s]; std::memcpy(&directory[s * 24 + 12], &at, 4); }
    FILE* out = std::fopen(argv[2], "wb");
    if (!out) die("cannot write the output file");
    for (const Bytes* part : {&head, &directory, &blobs}) if (std::fwrite(part->data(), 1, part->size(), out) != part->size()) die("write failed");
    if (std::fclose(out)) die("write failed");
    std::printf("%d code points, %d strikes, %zu bytes (kerning %zu)\n", n, strikes, head.size() + directory.size() + blobs.size(), kerning.size());
}
