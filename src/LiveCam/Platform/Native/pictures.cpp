// liblivecam_pictures: picture files in memory to BGR rows and back, through OpenCV's imgcodecs.
#include "bridge.h"
#include <cstring>
#include <memory>
#include <opencv2/imgcodecs.hpp>
#include <string>
#include <vector>

using namespace livecam;

__attribute__((constructor)) static void onLoad() { quiet(); }

LIVECAM_EXPORT int32_t livecam_pictures_error(char* buffer, int32_t capacity) { return errorInto(buffer, capacity); }

// Decodes to 8-bit BGR (gray replicated, alpha dropped, 16 bits to 8) with the EXIF orientation applied. The handle
// goes to livecam_picture_take, which frees it.
LIVECAM_EXPORT int32_t livecam_picture_decode(const uint8_t* file, int32_t length, cv::Mat** picture, int32_t* width, int32_t* height)
{
    *picture = nullptr;
    return guarded([&] {
        const cv::Mat bytes(1, length, CV_8UC1, const_cast<uint8_t*>(file));
        auto decoded = std::make_unique<cv::Mat>(cv::imdecode(bytes, cv::IMREAD_COLOR));
        if (decoded->empty()) return fail("the bytes are damaged, or in a format that OpenCV does not read");
        if (decoded->type() != CV_8UC3) return fail("OpenCV delivered something other than 8-bit BGR");
        *width = decoded->cols;
        *height = decoded->rows;
        *picture = decoded.release();
        return static_cast<int32_t>(Ok);
    });
}

// Copies the rows without gaps into pixels (width * height * 3 bytes; null skips the copy) and frees the handle.
LIVECAM_EXPORT int32_t livecam_picture_take(cv::Mat* picture, uint8_t* pixels)
{
    const std::unique_ptr<cv::Mat> owned(picture);
    return guarded([&] {
        if (pixels) owned->copyTo(over(pixels, owned->cols, owned->rows, 3));
        return Ok;
    });
}

// Encodes by extension (".png", ".jpg", ".bmp", ".webp"); alpha survives only in PNG. quality is JPEG's and WebP's 1..100.
LIVECAM_EXPORT int32_t livecam_picture_encode(const char* extension, const uint8_t* pixels, int32_t width, int32_t height,
    int32_t channels, int32_t quality, std::vector<uint8_t>** file, int64_t* length)
{
    *file = nullptr;
    return guarded([&] {
        const std::string kind(extension);
        cv::Mat source = over(pixels, width, height, channels), converted;
        if (channels == 4)
        {
            cv::cvtColor(source, converted, kind == ".png" ? cv::COLOR_RGBA2BGRA : cv::COLOR_RGBA2BGR);
            source = converted;
        }
        const std::vector<int> parameters = {cv::IMWRITE_JPEG_QUALITY, quality, cv::IMWRITE_WEBP_QUALITY, quality};
        auto encoded = std::make_unique<std::vector<uint8_t>>();
        if (!cv::imencode(kind, source, *encoded, parameters)) return fail("OpenCV has no encoder for this extension");
        *length = static_cast<int64_t>(encoded->size());
        *file = encoded.release();
        return static_cast<int32_t>(Ok);
    });
}

// Copies the encoded file into bytes (null skips the copy) and frees the handle.
LIVECAM_EXPORT int32_t livecam_bytes_take(std::vector<uint8_t>* file, uint8_t* bytes)
{
    const std::unique_ptr<std::vector<uint8_t>> owned(file);
    if (bytes) std::memcpy(bytes, owned->data(), owned->size());
    return Ok;
}
