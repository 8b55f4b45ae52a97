/* fare-style-table.c
 *
 * All colours of all styles.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <glib/gi18n.h>

#include "widgets/fare-style-table.h"

static const FareStyleEntry entries[] = {
  {
    .name = "adwaita",
    .title = NC_("style", "Adwaita"),
    .light = {
      .series = { "#104dc6", "#c75a23", "#0da088", "#a00d6f", "#b271f4", "#5f4511", "#77767b" },
      .levels = { "#e0dfdd", "#b3cbec", "#92b6e2", "#70a0d8", "#4d89d3", "#2572cd", "#175db1", "#154a91" },
    },
    .dark = {
      .series = { "#5ab5e2", "#d95412", "#84f5f5", "#eded26", "#b65be6", "#d3b069", "#9a9996" },
      .levels = { "#3d3d3f", "#3a5477", "#3569ad", "#3a80d8", "#5299f2", "#79b4fc", "#a5cdff", "#d2e6fc" },
    },
  },
  {
    .name = "classic",
    .title = NC_("style", "Classic"),
    .light = {
      .roles = { "#f8fafc", "#eef2ff", "#f8fafc", "#0f172a", "#475569", "#e2e8f0",
                 "#1e40af", "#1e40af", "#ffffff", "#d1141b", "#ab4f0d", "#0b7a35" },
      .series = { "#475ed0", "#280ebc", "#023959", "#d06e14", "#42646e", "#8b83a0", "#81868f" },
      .levels = { "#e7ebf0", "#cbd2e9", "#aeb9e4", "#909ee5", "#4a8ee2", "#2a71e3", "#1552d9", "#1d3fae" },
    },
    .dark = {
      .roles = { "#0f172a", "#111827", "#1e293b", "#e2e8f0", "#94a3b8", "#334155",
                 "#60a5fa", "#60a5fa", "#0b0b0f", "#f87171", "#fbbf24", "#4ade80" },
      .series = { "#35a2fd", "#9acefe", "#3ab258", "#fdc21b", "#feeaf2", "#9c8da0", "#7b828d" },
      .levels = { "#2e384c", "#414d61", "#1f50da", "#2d6cf4", "#488bfa", "#64a9ff", "#92c4fc", "#bfdbfe" },
    },
  },
  {
    .name = "elevated",
    .title = NC_("style", "Elevated"),
    .light = {
      .roles = { "#f8fafc", "#f8fafc", "#ffffff", "#0f172a", "#475569", "#e2e8f0",
                 "#1e40af", "#1e40af", "#ffffff", "#d82122", "#b15002", "#127d38" },
      .series = { "#2542b1", "#3d85f4", "#17664b", "#d17714", "#745f8d", "#689691", "#878c95" },
      .levels = { "#e9edf2", "#ccd3eb", "#afbae5", "#919fe6", "#4b8fe3", "#2a71e4", "#1552d9", "#1d3fae" },
    },
    .dark = {
      .roles = { "#0f172a", "#0f172a", "#1e293b", "#e2e8f0", "#94a3b8", "#334155",
                 "#60a5fa", "#60a5fa", "#0b0b0f", "#f87171", "#fbbf24", "#4ade80" },
      .series = { "#3092e5", "#8cc2fc", "#2dd89b", "#f8bd0d", "#d7effe", "#899e8d", "#7b828d" },
      .levels = { "#2e384c", "#414d61", "#1f50da", "#2d6cf4", "#488bfa", "#64a9ff", "#92c4fc", "#bfdbfe" },
    },
  },
  {
    .name = "vibrant",
    .title = NC_("style", "Vibrant"),
    .light = {
      .roles = { "#f8fafc", "#f8fafc", "#ffffff", "#0f172a", "#475569", "#e2e8f0",
                 "#5859e7", "#5b5ceb", "#ffffff", "#d82122", "#b15002", "#127d38" },
      .series = { "#4e4de0", "#4890e1", "#1e3c8b", "#af4a0e", "#fa4e4f", "#55667d", "#878c95" },
      .levels = { "#ebecf7", "#cfd2ea", "#b4badd", "#97a0db", "#7e7def", "#5e60ef", "#484bd0", "#3337b0" },
    },
    .dark = {
      .roles = { "#0f172a", "#0f172a", "#1e293b", "#e2e8f0", "#94a3b8", "#334155",
                 "#8b8cff", "#8b8cff", "#0b0b0f", "#f87171", "#fbbf24", "#4ade80" },
      .series = { "#8677ef", "#66b9fc", "#f38abc", "#f8c11f", "#e7843d", "#c9dbe8", "#7b828d" },
      .levels = { "#303652", "#3d4879", "#4a5aa7", "#5d6dcf", "#757ffa", "#959cfb", "#abbaff", "#ccd6fd" },
    },
  },
  {
    .name = "midnight",
    .title = NC_("style", "Midnight"),
    .light = {
      .roles = { "#f8fafc", "#f5f3ff", "#ffffff", "#0f172a", "#475569", "#e2e8f0",
                 "#5656e0", "#5b5ce7", "#ffffff", "#d1141b", "#ab4f0d", "#0b7a35" },
      .series = { "#4d27e1", "#895fff", "#fb415a", "#bc0d71", "#0b66a7", "#718da9", "#848992" },
      .levels = { "#edebf7", "#d5d1e6", "#bdb6dd", "#a798de", "#9477e4", "#8150ea", "#6f26dd", "#3b2eb8" },
    },
    .dark = {
      .roles = { "#0b0a1f", "#0f172a", "#1c1b3a", "#e4e4fb", "#a0a2cf", "#3b3a66",
                 "#a5b4fc", "#a5b4fc", "#0b0b0f", "#f87171", "#fbbf24", "#4ade80" },
      .series = { "#5b98fb", "#c3b6ff", "#e5533c", "#fd7bb5", "#78f5ff", "#977286", "#7b828d" },
      .levels = { "#2e2946", "#423e61", "#453ccd", "#5854f3", "#7077fc", "#8d99fb", "#aab8fd", "#ccd6fd" },
    },
  },
  {
    .name = "paper",
    .title = NC_("style", "Paper"),
    .light = {
      .roles = { "#faf6ee", "#f2ebdd", "#fffaf1", "#2b2118", "#6b5744", "#ddd0bc",
                 "#3f4b5c", "#3f4b5c", "#ffffff", "#cd0b17", "#a44900", "#037732" },
      .series = { "#6a562f", "#757ebb", "#bc7115", "#209278", "#904079", "#323312", "#7e838c" },
      .levels = { "#f2ebde", "#ddceb9", "#cbb191", "#bc9365", "#af7341", "#97592f", "#7b412a", "#5c2e23" },
    },
    .dark = {
      .roles = { "#18140f", "#18140f", "#261e15", "#efe4d0", "#b9a78c", "#4b3e2f",
                 "#e3d3b4", "#e3d3b4", "#0b0b0f", "#f87171", "#fbbf24", "#4ade80" },
      .series = { "#eaedb8", "#eaaf3e", "#bd7a15", "#51d699", "#ffb2e9", "#9d9fb3", "#7b828d" },
      .levels = { "#332d27", "#4d4138", "#695648", "#896a56", "#ae7d63", "#d2926c", "#f3aa7b", "#fecda3" },
    },
  },
  {
    .name = "liquid",
    .title = NC_("style", "Liquid"),
    .light = {
      .roles = { "#f8fafc", "#eaf4ff", "#ffffff", "#0f172a", "#475569", "#d8e2f0",
                 "#345cdc", "#3c65e6", "#ffffff", "#d1141b", "#ab4f0d", "#0b7a35" },
      .series = { "#0252cb", "#774f87", "#895ffe", "#1591c8", "#e45783", "#719204", "#81868f" },
      .levels = { "#e9edf1", "#ccd5e0", "#aebdd4", "#8ea6cc", "#6a8eca", "#4974c9", "#2e59c0", "#1a42a7" },
    },
    .dark = {
      .roles = { "#0f172a", "#131c38", "#18223c", "#e2e8f0", "#94a3b8", "#334155",
                 "#8fb5ff", "#8fb5ff", "#0b0b0f", "#f87171", "#fbbf24", "#4ade80" },
      .series = { "#8cb6fe", "#84f8ff", "#ac77e0", "#3bd5a0", "#d07981", "#fbba10", "#7b828d" },
      .levels = { "#283247", "#374765", "#445e89", "#4e77ac", "#598fd6", "#7aa4fc", "#9cc1ff", "#c6dcff" },
    },
  },
  {
    .name = "terminal",
    .title = NC_("style", "Terminal"),
    .light = {
      .roles = { "#edf6ec", "#edf6ec", "#f7fcf5", "#0b2a16", "#3b5e46", "#b8cfb7",
                 "#0e7740", "#147a43", "#ffffff", "#d1141b", "#ab4f0d", "#0b7a35" },
      .series = { "#4d58a0", "#086a0f", "#023d5f", "#c87302", "#118fde", "#ad719a", "#81868f" },
      .levels = { "#e7eee5", "#c8d7c5", "#a7c2a3", "#80af80", "#529d5b", "#288743", "#076f35", "#10552b" },
    },
    .dark = {
      .roles = { "#07110a", "#07110a", "#06140b", "#b9fbd0", "#6fbf8b", "#164227",
                 "#52f78f", "#52f78f", "#0b0b0f", "#f87171", "#fbbf24", "#4ade80" },
      .series = { "#c8fe13", "#7dffd0", "#46ad4f", "#fc8398", "#feba70", "#b4d3fd", "#7b828d" },
      .levels = { "#17221b", "#2c3c30", "#385a42", "#447b55", "#489e64", "#4bc26f", "#3ee982", "#9bffc1" },
    },
  },
  {
    .name = "brutalist",
    .title = NC_("style", "Brutalist"),
    .light = {
      .roles = { "#f7f3e9", "#f7f3e9", "#fffbf4", "#111827", "#4b5563", "#111827",
                 "#111827", "#111827", "#ffffff", "#d1141b", "#ab4f0d", "#0b7a35" },
      .series = { "#101b2c", "#c90410", "#1e54cc", "#178fde", "#cd720c", "#63707c", "#81868f" },
      .levels = { "#f3ecde", "#e1ca6e", "#db9a54", "#cc6c0b", "#a74c0e", "#842c00", "#283241", "#111827" },
    },
    .dark = {
      .roles = { "#101010", "#101010", "#111111", "#f8fafc", "#c4c4c0", "#f5f5f4",
                 "#fde047", "#fde047", "#0b0b0f", "#f87171", "#fbbf24", "#4ade80" },
      .series = { "#f9f4f2", "#ffdf4e", "#ff9d48", "#5fa0f9", "#d76108", "#a99c9b", "#7b828d" },
      .levels = { "#1f1f1f", "#3a3a3a", "#5b5655", "#887605", "#cd8514", "#fd9e55", "#d9dbdd", "#ffffff" },
    },
  },
  {
    .name = "arcade",
    .title = NC_("style", "Arcade"),
    .light = {
      .roles = { "#f6eeff", "#f6eeff", "#fffaff", "#2a1245", "#64507f", "#d8b4fe",
                 "#7744de", "#804fe8", "#ffffff", "#d1141b", "#ab4f0d", "#0b7a35" },
      .series = { "#7108bf", "#ee339d", "#0490bd", "#a7360c", "#3e9740", "#6164f0", "#81868f" },
      .levels = { "#f0eaf4", "#dacfe6", "#c6b3db", "#b693da", "#a86ce2", "#9741e3", "#b1085c", "#5a11b7" },
    },
    .dark = {
      .roles = { "#12061f", "#12061f", "#18092c", "#f1e6ff", "#b69ad6", "#4c1d95",
                 "#c084fc", "#c084fc", "#0b0b0f", "#f87171", "#fbbf24", "#4ade80" },
      .series = { "#a774f0", "#f572b5", "#26a27c", "#fbba21", "#65e097", "#a4b4fc", "#7b828d" },
      .levels = { "#261a35", "#3d2e54", "#5c3a88", "#7434e3", "#a24ff1", "#fc57a6", "#1cd0eb", "#6cedfe" },
    },
  },
  {
    .name = "studio",
    .title = NC_("style", "Studio"),
    .light = {
      .roles = { "#f8f8f7", "#f1f1ef", "#ffffff", "#111827", "#57534e", "#d6d3d1",
                 "#1f5ce4", "#2563eb", "#ffffff", "#d1141b", "#ab4f0d", "#0b7a35" },
      .series = { "#0c1924", "#3e3e57", "#1764ef", "#0b715f", "#d81186", "#9b843b", "#81868f" },
      .levels = { "#ededec", "#cccac9", "#aba9a7", "#8e8884", "#706964", "#504c47", "#253245", "#111827" },
    },
    .dark = {
      .roles = { "#0c0d10", "#131417", "#17191d", "#e7e5e4", "#a3a19d", "#2a2e35",
                 "#60a5fa", "#60a5fa", "#0b0b0f", "#f87171", "#fbbf24", "#4ade80" },
      .series = { "#fff2ee", "#bec3e3", "#63a1f6", "#52d78f", "#fb6a43", "#7a6f67", "#7b828d" },
      .levels = { "#25272b", "#3d4146", "#575d64", "#6b7b91", "#8a99b0", "#a8b9d2", "#cfd9e5", "#f8fafc" },
    },
  },
};

static const FareColors contrast_light = {
  .series = { "#104dc6", "#c75a23", "#0da088", "#a00d6f", "#b271f4", "#5f4511", "#77767b" },
  .levels = { "#ffffff", "#c7dffb", "#91bef6", "#5a9cef", "#2e7ad7", "#115ab0", "#0a3f7b", "#0a2647" },
};

static const FareColors contrast_dark = {
  .series = { "#5ab5e2", "#d95412", "#84f5f5", "#eded26", "#b65be6", "#d3b069", "#9a9996" },
  .levels = { "#000000", "#062852", "#0c3f80", "#135cb5", "#3e86d8", "#7aa6dc", "#bbd3ee", "#ffffff" },
};

const FareStyleEntry *
fare_style_table (guint *n_entries)
{
  *n_entries = G_N_ELEMENTS (entries);

  return entries;
}

const FareColors *
fare_style_table_get_contrast (gboolean is_dark)
{
  return is_dark ? &contrast_dark : &contrast_light;
}
