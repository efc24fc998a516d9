import { array, tmp, uint8, uint16, uint32, uint64, vmsd } from "../../compiler/schema/index.ts";

const VMCS_BYTES = 4096;
/** Bytes of KVM's header before the data. */
const NESTED_HEADER = 128;
const VMX = 0;
const SVM = 1;
const NO_ADDRESS = 0xffff_ffff_ffff_ffffn;

/** A floating-point register of 80 bits: mantissa, then sign and exponent. */
export const cpuFpregTmp = vmsd("fpreg_tmp", { versionId: 0, minimumVersionId: 0, fields: { tmp_mant: uint64, tmp_exp: uint16 } });

export const cpuFpreg = vmsd("fpreg", { versionId: 0, minimumVersionId: 0, fields: { tmp: tmp(cpuFpregTmp) } });

/** A segment register with its hidden part. */
export const cpuSegment = vmsd("segment", {
  versionId: 1,
  minimumVersionId: 1,
  fields: { selector: uint32, base: uint64, limit: uint32, flags: uint32 },
});

/** Bits 0 to 127 of a vector register. */
export const cpuXmm = vmsd("xmm_reg", {
  versionId: 1,
  minimumVersionId: 1,
  fields: { "_q_ZMMReg[0]": uint64, "_q_ZMMReg[1]": uint64 },
});

/** Bits 128 to 255. */
export const cpuYmmh = vmsd("ymmh_reg", {
  versionId: 1,
  minimumVersionId: 1,
  fields: { "_q_ZMMReg[2]": uint64, "_q_ZMMReg[3]": uint64 },
});

/** Bits 256 to 511. */
export const cpuZmmh = vmsd("zmmh_reg", {
  versionId: 1,
  minimumVersionId: 1,
  fields: { "_q_ZMMReg[4]": uint64, "_q_ZMMReg[5]": uint64, "_q_ZMMReg[6]": uint64, "_q_ZMMReg[7]": uint64 },
});

/** The whole of a register that only AVX-512 has. */
export const cpuHi16Zmm = vmsd("hi16_zmm_reg", {
  versionId: 1,
  minimumVersionId: 1,
  fields: {
    "_q_ZMMReg[0]": uint64,
    "_q_ZMMReg[1]": uint64,
    "_q_ZMMReg[2]": uint64,
    "_q_ZMMReg[3]": uint64,
    "_q_ZMMReg[4]": uint64,
    "_q_ZMMReg[5]": uint64,
    "_q_ZMMReg[6]": uint64,
    "_q_ZMMReg[7]": uint64,
  },
});

/** A range of memory with a caching policy. */
export const cpuMtrr = vmsd("mtrr_var", { versionId: 1, minimumVersionId: 1, fields: { base: uint64, mask: uint64 } });

/** A bound register of MPX. */
export const cpuBound = vmsd("bnd_regs", { versionId: 1, minimumVersionId: 1, fields: { lb: uint64, ub: uint64 } });

/** A branch that was recorded. */
export const cpuLastBranch = vmsd("lbr_records_var", {
  versionId: 1,
  minimumVersionId: 1,
  fields: { from: uint64, to: uint64, info: uint64 },
});

/** What KVM keeps of a guest that runs guests; `size` counts the header and the data that follow it in the kernel's struct. */
export const cpuNestedState = vmsd("cpu/kvm_nested_state", {
  versionId: 1,
  minimumVersionId: 1,
  fields: { flags: uint16, format: uint16, size: uint32 },
  validate: { format: (s) => s.format === VMX || s.format === SVM, size: (s) => s.size >= NESTED_HEADER },
  subsections: {
    "cpu/kvm_nested_state/vmx": {
      versionId: 1,
      minimumVersionId: 1,
      fields: { "hdr.vmx.vmxon_pa": uint64, "hdr.vmx.vmcs12_pa": uint64, "hdr.vmx.smm.flags": uint16 },
      needed: (s) => s.format === VMX && s["hdr.vmx.vmxon_pa"] !== NO_ADDRESS,
      absent: { "hdr.vmx.vmxon_pa": NO_ADDRESS, "hdr.vmx.vmcs12_pa": NO_ADDRESS },
    },
    "cpu/kvm_nested_state/vmx/vmcs12": {
      of: "cpu/kvm_nested_state/vmx",
      versionId: 1,
      minimumVersionId: 1,
      fields: { "data.vmx[0].vmcs12": array(uint8, VMCS_BYTES) },
      needed: (s) => s.size > NESTED_HEADER,
    },
    "cpu/kvm_nested_state/vmx/shadow_vmcs12": {
      of: "cpu/kvm_nested_state/vmx",
      versionId: 1,
      minimumVersionId: 1,
      fields: { "data.vmx[0].shadow_vmcs12": array(uint8, VMCS_BYTES) },
      needed: (s) => s.size > NESTED_HEADER + VMCS_BYTES,
    },
    "cpu/kvm_nested_state/svm": {
      versionId: 1,
      minimumVersionId: 1,
      fields: { "hdr.svm.vmcb_pa": uint64, "data.svm[0].vmcb12": array(uint8, VMCS_BYTES) },
      needed: (s) => s.format === SVM && s.size > NESTED_HEADER,
    },
  },
});
